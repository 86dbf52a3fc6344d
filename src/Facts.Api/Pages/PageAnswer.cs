using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Facts.Api.Pages;

/// <summary>A page: a component with its model, rendered once on the server. Nothing of it stays in memory, and no connection stays open.</summary>
/// <param name="Component">The component inside the frame of all pages.</param>
/// <param name="Model">Its model, given as a cascading value.</param>
/// <param name="Frame">Title, description and the like.</param>
internal sealed record PageAnswer(Type Component, object Model, PageFrame Frame) : IResult
{
    public int Status { get; init; } = StatusCodes.Status200OK;

    public static PageAnswer Of<TComponent>(object model, PageFrame frame) where TComponent : IComponent => new(typeof(TComponent), model, frame);

    public async Task ExecuteAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        // Other pages may frame an embed, and only that.
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
            + $"form-action 'self'; frame-ancestors {(Frame.IsEmbed ? "*" : "'none'")}";
        headers["Referrer-Policy"] = "no-referrer";
        http.Response.StatusCode = Status;
        if (Status >= StatusCodes.Status400BadRequest)
        {
            headers.Remove("ETag");
            headers.CacheControl = "no-store";
        }
        var loggers = http.RequestServices.GetRequiredService<ILoggerFactory>();
        await using var renderer = new HtmlRenderer(http.RequestServices, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Shell.Body)] = Shell.Cascading(Frame, Component, Model) });
            return (await renderer.RenderComponentAsync<Shell>(parameters)).ToHtmlString();
        });
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html, http.RequestAborted);
    }
}
