namespace Facts.Api.Http;

/// <summary>How a GET reads the store: from one snapshot that cannot write, with a limit to every statement. The hosting program says how it is begun.</summary>
internal sealed class Reads(Func<HttpContext, CancellationToken, Task<IAsyncDisposable>> begin)
{
    public static Task<IAsyncDisposable> BeginAsync(HttpContext http, CancellationToken cancellationToken) =>
        http.RequestServices.GetRequiredService<Reads>().Begin(http, cancellationToken);

    Task<IAsyncDisposable> Begin(HttpContext http, CancellationToken cancellationToken) => begin(http, cancellationToken);
}
