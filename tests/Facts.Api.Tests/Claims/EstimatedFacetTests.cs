using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Claims;

/// <summary>Facets of very many rows are estimated from some of them, and the answer says so.</summary>
public sealed class EstimatedFacetTests(SampledService service) : IClassFixture<SampledService>
{
    const int Copies = 42_000;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Facets_of_a_search_that_finds_very_many_claims_are_estimated()
    {
        await CopyAsync(1, "wombats", Copies);
        var page = await GetAsync("/v1/claims?q=wombats&facet=kind,donor&limit=1");
        Assert.False(page.GetProperty("facets_are_exact").GetBoolean());
        Assert.InRange(CountOf(page, "kind"), Copies * 0.9, Copies * 1.1);
        var exact = await GetAsync("/v1/claims?q=wombats&facet=kind,donor&limit=1&count=exact");
        Assert.True(exact.GetProperty("facets_are_exact").GetBoolean());
        Assert.Equal(Copies, CountOf(exact, "kind"));
        Assert.Equal(Names(exact, "donor"), Names(page, "donor"));
        Assert.True((await GetAsync("/v1/claims?id__lte=1000&facet=kind&limit=1")).GetProperty("facets_are_exact").GetBoolean());
        Assert.Contains("about ", await service.Anonymous.GetStringAsync("/claims?q=wombats", Cancel), StringComparison.OrdinalIgnoreCase);
    }

    // Copies of a claim, with a word of their own in the quote.
    async Task CopyAsync(long claim, string quote, int copies)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        // So many rows may take longer than a statement usually may.
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(3));
        await database.Database.ExecuteSqlAsync($"""
            insert into claims
            select (jsonb_populate_record(c, jsonb_build_object(
                'id', 1000000 + n, 'first_edition_id', 1000000 + n, 'external_id', 'copy-' || n, 'quote', {quote}))).*
            from claims c, generate_series(1, {copies}) n
            where c.id = {claim}
            """, Cancel);
        await database.Database.ExecuteSqlAsync($"analyze", Cancel);
    }

    static long CountOf(JsonElement page, string facet) =>
        page.GetProperty("facets").GetProperty(facet).EnumerateArray().Sum(v => v.GetProperty("count").GetInt64());

    static string[] Names(JsonElement page, string facet) =>
        [.. page.GetProperty("facets").GetProperty(facet).EnumerateArray().Select(v => v.GetProperty("value").GetString()!)];

    Task<JsonElement> GetAsync(string path) => service.Anonymous.GetFromJsonAsync<JsonElement>(path, Cancel);
}
