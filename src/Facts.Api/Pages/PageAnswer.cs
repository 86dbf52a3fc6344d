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

    /// <summary>The value of <c>frame-ancestors</c> for a page that no other page may frame.</summary>
    public const string NoFrames = "'none'";

    public Task ExecuteAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        http.Response.StatusCode = Status;
        if (Status >= StatusCodes.Status400BadRequest)
        {
            headers.Remove("ETag");
            headers.CacheControl = "no-store";
        }
        // Other pages may frame an embed, and only that.
        return WriteAsync<Shell>(http, Frame.IsEmbed ? "*" : NoFrames, new() { [nameof(Shell.Body)] = Shell.Cascading(Frame, Component, Model) });
    }

    /// <summary>Renders a component that is a whole document, and writes it.</summary>
    public static async Task WriteAsync<TDocument>(HttpContext http, string frameAncestors, Dictionary<string, object?> parameters)
        where TDocument : IComponent
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + $"base-uri 'none'; form-action 'self'; frame-ancestors {frameAncestors}";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await using var renderer = new HtmlRenderer(http.RequestServices, http.RequestServices.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TDocument>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(html, http.RequestAborted);
    }
}
