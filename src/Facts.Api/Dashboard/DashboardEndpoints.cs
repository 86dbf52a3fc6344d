using Facts.Api.Http;

namespace Facts.Api.Dashboard;

/// <summary>The page at <c>/</c>. It asks the public interface, as anybody's could; its address holds the question.</summary>
internal static class DashboardEndpoints
{
    static readonly Page Page = Page.Read();

    public static void MapDashboard(this IEndpointRouteBuilder routes) => routes.MapGet("/", Show).ExcludeFromDescription();

    static IResult Show(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Page.Policy;
        headers["Referrer-Policy"] = "no-referrer";
        return Conditional.IsFresh(http, Page.Tag) ? Conditional.NotModified : Results.Text(Page.Html, "text/html; charset=utf-8");
    }
}
