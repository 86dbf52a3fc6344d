using Microsoft.AspNetCore.Http.Features;

namespace Facts.Api.Http;

/// <summary>Runs HEAD as GET and discards the body, so that both have equal headers.</summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    static readonly object Marker = new();

    /// <summary>True if the caller sent HEAD. An endpoint can then skip the work of making a body.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(Marker);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await next(http);
            return;
        }
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Items[Marker] = true;
        http.Request.Method = HttpMethods.Get;
        http.Features.Set<IHttpResponseBodyFeature>(new NoBody(body));
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Method = HttpMethods.Head;
            http.Features.Set(body);
        }
    }

    sealed class NoBody(IHttpResponseBodyFeature body) : StreamResponseBodyFeature(Stream.Null)
    {
        public override Task StartAsync(CancellationToken cancel = default) => body.StartAsync(cancel);
    }
}
