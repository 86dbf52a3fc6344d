using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Claims;

/// <summary>Words are found in the title, the quote, the note and in names, whichever way the search reads them.</summary>
public sealed class ClaimSearchTests(SampledService service) : IClassFixture<SampledService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("patriot")]
    [InlineData("systems ukraine")]
    [InlineData("iris-t")]
    [InlineData("germany")]
    [InlineData("Germany air defence")]
    [InlineData("deu patriot 2024")]
    [InlineData("Republic of")]
    [InlineData("zzzz")]
    [InlineData("...")]
    public async Task An_index_and_a_comparison_of_every_claim_find_the_same_claims(string text)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        await database.Database.OpenConnectionAsync(Cancel);
        var all = ClaimResponse.All(database);
        // The same by one document of each claim: its texts, and all names of its parties, its items and the items above them.
        var compared = await database.Database.SqlQuery<long>(
            $"""
            select c.id as "Value"
            from claims c
            join articles a on a.id = c.article_id
            where to_tsvector('simple', concat_ws(' ', a.title, c.quote, c.note,
                (select string_agg(concat_ws(' ', code, name, array_to_string(aliases, ' ')), ' ') from parties where code = any (c.donors || c.recipient)),
                (
                    with recursive above (code) as (
                        select unnest(c.items)
                        union
                        select i.parent from above join items i using (code) where i.parent is not null
                    )
                    select string_agg(concat_ws(' ', code, name, array_to_string(aliases, ' ')), ' ') from items join above using (code)
                ))) @@ plainto_tsquery('simple', {text})
            order by c.id
            """).ToListAsync(Cancel);
        var catalogue = await scope.ServiceProvider.GetRequiredService<CatalogueCache>().ReadAsync(
            new DefaultHttpContext { RequestServices = scope.ServiceProvider }, Cancel);
        var words = await SearchWord.ReadAsync(database, catalogue, text, Cancel);
        foreach (var (readsAll, areCurrent) in new[] { (true, true), (false, true), (true, false) })
        {
            var found = await new ListSource<ClaimResponse>(all).WithWordsAsync(database, words, readsAll, areCurrent, Cancel);
            Assert.Equal(compared, await found.Rows.Select(c => c.Claim.Id).Order().ToListAsync(Cancel));
            Assert.Equal(compared, await (found.Counted ?? found.Rows).Select(c => c.Claim.Id).Order().ToListAsync(Cancel));
        }
    }

    [Fact]
    public async Task A_name_an_alias_and_an_item_above_find_claims_whose_text_has_none_of_them()
    {
        using var answer = await service.Admin.PostAsJsonAsync("/v1/claims", new
        {
            external_id = "named",
            article_url = "https://example.org/named",
            kind = "pledge",
            donors = new[] { "LIE" },
            recipient = "UKR",
            items = new[] { "iris-t" },
            quantity = 1,
            unit = "system",
            stated_on = "2024-05-01",
            quote = "A numbat, soon.",
        }, Cancel);
        answer.EnsureSuccessStatusCode();
        foreach (var words in new[] { "liechtenstein", "LIE numbat", "numbat iris", "numbat air defence", "numbat ukraine liechtenstein" })
        {
            var items = (await service.Admin.GetFromJsonAsync<JsonElement>($"/v1/claims?q={Uri.EscapeDataString(words)}&count=exact", Cancel));
            Assert.Equal("named", Assert.Single(items.GetProperty("items").EnumerateArray()).GetProperty("external_id").GetString());
            Assert.Equal(1, items.GetProperty("count").GetInt64());
        }
        var none = await service.Admin.GetFromJsonAsync<JsonElement>("/v1/claims?q=numbat%20luxembourg", Cancel);
        Assert.Empty(none.GetProperty("items").EnumerateArray());
        var page = WebUtility.HtmlDecode(await service.Admin.GetStringAsync("/claims?q=numbat%20defence%20liechtenstein", Cancel));
        Assert.Contains("Found by name: IRIS-T (as “air <mark>defence</mark>”), <mark>Liechtenstein</mark>", page);
    }

    [Fact]
    public async Task Very_many_words_are_a_question_as_any_other()
    {
        var parties = (await service.Admin.GetFromJsonAsync<JsonElement>("/v1/parties?limit=1000", Cancel)).GetProperty("items").EnumerateArray();
        var words = string.Join(' ', parties.SelectMany(p => new[] { p.GetProperty("code").GetString(), p.GetProperty("name").GetString() }));
        using var answer = await service.Admin.GetAsync("/v1/claims?q=" + Uri.EscapeDataString(words[..Math.Min(words.Length, 3_900)]), Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("liechtenstein")]
    [InlineData("patriot")]
    public async Task A_name_is_looked_up_in_an_index(string name)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
        await using var transaction = await database.Database.BeginTransactionAsync(Cancel);
        // The sample is so small that the planner would read the table or another index whole.
        await database.Database.ExecuteSqlRawAsync("set local enable_seqscan = off; set local enable_indexscan = off", Cancel);
        var catalogue = await scope.ServiceProvider.GetRequiredService<CatalogueCache>().ReadAsync(
            new DefaultHttpContext { RequestServices = scope.ServiceProvider }, Cancel);
        var words = await SearchWord.ReadAsync(database, catalogue, name, Cancel);
        var found = await new ListSource<ClaimResponse>(ClaimResponse.All(database)).WithWordsAsync(database, words, true, areCurrent: false, Cancel);
        await using var command = found.Rows.Select(c => c.Claim.Id).CreateDbCommand();
        command.CommandText = "explain " + command.CommandText;
        var plan = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync(Cancel))
            while (await reader.ReadAsync(Cancel)) plan.Add(reader.GetString(0));
        Assert.Contains(plan, line => line.Contains("Bitmap Index Scan on ix_claims_names", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Words_may_stand_apart_in_the_title_and_in_the_quote()
    {
        using var answer = await service.Admin.PostAsJsonAsync("/v1/claims", new
        {
            external_id = "apart",
            article_url = "https://example.org/apart",
            article_title = "Wombat ahead",
            kind = "pledge",
            donors = new[] { "DEU" },
            recipient = "UKR",
            items = new[] { "iris-t" },
            quantity = 1,
            unit = "system",
            stated_on = "2024-05-01",
            quote = "One quokka more.",
        }, Cancel);
        answer.EnsureSuccessStatusCode();
        var items = (await service.Admin.GetFromJsonAsync<JsonElement>("/v1/claims?q=quokka%20wombat", Cancel)).GetProperty("items");
        Assert.Equal("apart", Assert.Single(items.EnumerateArray()).GetProperty("external_id").GetString());
    }
}
