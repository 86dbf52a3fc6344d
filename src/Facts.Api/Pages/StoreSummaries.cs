using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Keeps the summary of the store for each version of it. It is asked for by the same lists as those of the interface.</summary>
internal sealed class StoreSummaries(IConfiguration configuration)
{
    /// <summary>An article that only the sample has.</summary>
    const string SampleArticle = "kyivindependent-2024-12-04";

    volatile StoreSummary? _last;

    public async Task<StoreSummary> ReadAsync(HttpContext http, CancellationToken cancel)
    {
        var services = http.RequestServices;
        var version = await services.GetRequiredService<IStoreReader>().VersionAsync(cancel);
        if (_last is { } last && last.Version == version) return last;
        var (database, catalogues) = (services.GetRequiredService<FactsContext>(), services.GetRequiredService<CatalogueCache>());
        var first = await ClaimsAsync(("sort", "stated_on"), ("limit", "1"), ("count", "exact"));
        var final = await ClaimsAsync(("sort", "-stated_on"), ("limit", "1"));
        var articles = await ArticlesAsync(("limit", "1"), ("count", "exact"), ("facet", "publisher"));
        var sample = await ArticlesAsync(("limit", "1"), ("external_id", SampleArticle));
        var changes = await RoomQuestion.RowsAsync<ChangeRow>(http, "/v1/changes", [("sort", "-sequence"), ("limit", "1"), ("fields", "sequence")],
            (inner, token) => ChangeEndpoints.ListAsync(inner, database, token));
        var isSample = sample.Items.Count > 0;
        var name = Setting("Name") ?? (isSample ? "Air defence for Ukraine" : "Facts");
        return _last = new(version, name,
            Setting("Description") ?? (isSample ? "A sample: reports on air defence for Ukraine, 2023 to 2025. It is not complete."
                : "Who promised what to whom, how much of it has arrived, and which sentence in which source says so."),
            Stated(first), Stated(final), changes.Items.FirstOrDefault()?.RecordedAt, first.Count ?? 0, articles.Count ?? 0,
            articles.Facets?["publisher"].Count ?? 0, isSample)
        {
            Publisher = Setting("Publisher") ?? name,
            License = Setting("License"),
        };

        Task<ListPage<ClaimResponse>> ClaimsAsync(params (string, string)[] query) => RoomQuestion.RowsAsync<ClaimResponse>(
            http, "/v1/claims", query, (inner, token) => ClaimEndpoints.ListAsync(inner, database, catalogues, token));

        Task<ListPage<ArticleRow>> ArticlesAsync(params (string, string)[] query) => RoomQuestion.RowsAsync<ArticleRow>(
            http, "/v1/articles", query, (inner, token) => ArticleEndpoints.ListAsync(inner, database, token));
    }

    string? Setting(string name) => configuration["Facts:" + name] is { Length: > 0 } text ? text : null;

    static DateOnly? Stated(ListPage<ClaimResponse> page) =>
        page.Items.FirstOrDefault()?.Claim is { } claim ? claim.StatedFrom ?? claim.StatedTo : null;
}
