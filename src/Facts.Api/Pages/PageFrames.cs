using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>Makes what surrounds a page.</summary>
internal sealed class PageFrames(StoreSummaries summaries, TimeProvider clock)
{
    public DateOnly Today => clock.Today;

    /// <summary>304 if the browser has the page as it is. A page changes with the store, the day, and the build of the service.</summary>
    public Task<IResult?> FreshAsync(HttpContext http, CancellationToken cancel) =>
        Conditional.FreshAsync(http, cancel, Today.ToString("O"), PageAssets.Version, http.Request.Host.Value ?? "");

    public async Task<PageFrame> ReadAsync(HttpContext http, string title, PageAddress address, CancellationToken cancel) =>
        new(title, await summaries.ReadAsync(http, cancel), address)
        {
            Origin = $"{http.Request.Scheme}://{http.Request.Host}",
            AsOf = address.Value("as_of") ?? WireValue.Format(Today)!,
        };
}
