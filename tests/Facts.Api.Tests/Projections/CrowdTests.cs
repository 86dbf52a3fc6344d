using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Projections;
using Facts.Api.Tests.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Projections;

/// <summary>
/// Hundreds of claims about one donor, recipient and unit, whose claims and facts stay in memory between writes. Whatever is written, the stored facts are
/// those of all claims.
/// </summary>
public sealed class CrowdTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_is_written_about_a_crowd_its_stored_facts_are_those_of_all_claims()
    {
        await LoadAsync([.. Enumerable.Range(1, 510).Select(i => Row(i))]);
        await LoadAsync([Row(701)]);

        // A claim of today, one of long ago, one that corroborates another, a larger number, and an amendment of an early pledge.
        var today = DateTime.UtcNow.ToString("yyyy-MM-dd");
        await LoadAsync([Row(702, on: today)]);
        await LoadAsync([Row(703, on: "2023-01-05")]);
        await LoadAsync([Row(704, on: "2024-02-04", number: 13)]);
        await LoadAsync([Row(9, number: 900)]);
        await LoadAsync([$"a1,https://example.org/a1,2024-05-01,amendment,,,,4,,{Day(3)},,key-3"]);
        Assert.Empty(await service.DifferencesAsync());

        // Nothing of a dry run may stay.
        await LoadAsync([Row(705, on: "2023-01-06")], "&dry_run=true");
        await LoadAsync([Row(706, on: today)]);

        // An article is retracted, two facts become one, and the decision is undone.
        var claims = (await JsonAsync("/v1/claims?external_id=12")).GetProperty("items");
        await SendAsync(HttpMethod.Patch, $"/v1/articles/{claims[0].GetProperty("article_id")}", new { status = "retracted" });
        await LoadAsync([Row(707, on: today)]);
        var pair = (await JsonAsync("/v1/review?reason=near_miss&limit=1")).GetProperty("items")[0];
        var (a, b) = (pair.GetProperty("a").GetInt64(), pair.GetProperty("b").GetInt64());
        var decision = await SendAsync(HttpMethod.Post, "/v1/review/decisions",
            new { decision = "merge", a, b, decided_by = "an editor", reason = "one pledge" });
        Assert.Empty(await service.DifferencesAsync());
        await LoadAsync([Row(708, on: today)]);
        await SendAsync(HttpMethod.Delete, $"/v1/review/decisions/{decision.GetProperty("id")}", null);
        await LoadAsync([Row(709, on: today)]);

        // Somebody else writes the rows meanwhile.
        await using (var scope = service.Services.CreateAsyncScope())
            for (string? last = ""; last is not null;) last = await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(null, last, Cancel);
        await service.ScalarAsync("with d as (update partitions set version = gen_random_uuid() returning 1) select count(*) from d");
        await LoadAsync([Row(710, on: today)]);
        Assert.Empty(await service.DifferencesAsync());
    }

    static string Day(int i) => $"2024-{1 + i % 12:00}-{1 + i % 28:00}";

    // Pledges, of which some have keys, and deliveries. Numbers and days repeat, so that some may be one, and deliveries fill pledges.
    static string Row(int i, string? on = null, int? number = null) =>
        $"{i},https://example.org/{i % 90},{on ?? Day(i)},{(i % 3 == 0 ? "delivery" : "pledge")},DEU,POL,shell,{number ?? 5 + i % 9},round,{on ?? Day(i)},"
        + $"{(i % 4 == 1 ? "2025-06-30" : "")},{(i % 3 != 0 && i % 2 == 1 ? $"key-{i}" : "")}";

    async Task LoadAsync(string[] rows, string more = "")
    {
        var table = ImportCaller.Header + ",stated_on,due_on,commitment\n" + string.Join('\n', rows) + "\n";
        var report = await service.Admin.EndedAsync((await service.Admin.LoadAsync(table, "create_missing=items" + more)).Body);
        Assert.Equal(rows.Length, report.Number("rows_created") + report.Number("rows_updated"));
    }

    async Task<JsonElement> JsonAsync(string path) => await service.Admin.GetFromJsonAsync<JsonElement>(path, Cancel);

    async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (method != HttpMethod.Post) request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await service.Admin.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
