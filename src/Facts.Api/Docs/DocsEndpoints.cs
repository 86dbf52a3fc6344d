using Facts.Api.Http;

namespace Facts.Api.Docs;

/// <summary>The documentation at <c>/docs</c>. The <c>type</c> of every error leads to its entry there.</summary>
internal static class DocsEndpoints
{
    static readonly DocsSite Site = DocsSite.Read();

    public static void MapDocs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/docs", (HttpContext http) => Show(http, DocsSite.Index)).ExcludeFromDescription();
        routes.MapGet("/docs/{page}", Show).ExcludeFromDescription();
    }

    static IResult Show(HttpContext http, string page)
    {
        if (!Site.Pages.TryGetValue(page, out var found)) return Problems.NotFound.Because("there is no such page; /docs lists the pages");
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Site.Policy;
        headers["Referrer-Policy"] = "no-referrer";
        return Conditional.IsFresh(http, found.Tag) ? Conditional.NotModified : Results.Text(found.Html, "text/html; charset=utf-8");
    }
}
