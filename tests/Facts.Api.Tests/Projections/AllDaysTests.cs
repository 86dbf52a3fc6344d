using System.Net.Http.Json;
using System.Text.Json;
using Facts.Api.Projections;
using Facts.Api.Tests.Imports;
using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Projections;

/// <summary>Past days are answered from stored rows, and as they are computed from the claims.</summary>
public sealed class AllDaysTests(FactsService service) : IClassFixture<FactsService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    // All claims were recorded before it. With it, an answer is computed from the claims.
    const string Computed = "known_at=2100-01-01T00:00:00Z";

    [Fact]
    public async Task A_large_import_leaves_other_days_to_a_later_computation_and_no_answer_changes()
    {
        var table = ImportCaller.Header + ",stated_on,due_on\n" + string.Concat(Enumerable.Range(1, 600).Select(i =>
            $"{i},https://example.org/{i},2024-{1 + i % 12:00}-04,{(i % 3 == 0 ? "delivery" : "pledge")},DEU,{ImportCaller.Recipients[i % 7]},shell,{i},round,"
            + $"2024-{1 + i % 12:00}-04,{(i % 3 == 0 ? "" : $"2024-{1 + (i + 5) % 12:00}-20")}\n"));
        await service.Admin.EndedAsync((await service.Admin.LoadAsync(table, "create_missing=items")).Body);
        string[] questions =
        [
            "/v1/balances?group_by=recipient&as_of=2024-06-10", "/v1/balances?as_of=2024-03-01", "/v1/balances/timeline?from=2024-01-01&to=2024-12-31",
            "/v1/commitments?as_of=2024-08-01&overdue=true", "/v1/deliveries?as_of=2024-08-01&sort=-delivered_low",
        ];
        var before = await AnswersAsync(questions, "");
        Assert.Equal(await AnswersAsync(questions, Computed), before);

        for (string? last = ""; last is not null;)
        {
            await using var scope = service.Services.CreateAsyncScope();
            last = await scope.ServiceProvider.GetRequiredService<FactProjector>().ExtendAsync(null, last, Cancel);
        }
        Assert.Equal(0L, await service.ScalarAsync("select count(*) from partitions where is_deferred or computed_from > '-infinity'"));
        Assert.Equal(before, await AnswersAsync(questions, ""));
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task A_fact_read_in_one_round_trip_is_the_fact_that_is_computed()
    {
        var table = ImportCaller.Header + ",stated_on\n1,https://example.org/one,2024-05-04,pledge,FRA,POL,shell,5,round,2024-05-04\n"
            + "2,https://example.org/two,2024-06-04,delivery,FRA,POL,shell,2,round,2024-06-04\n";
        await service.Admin.EndedAsync((await service.Admin.LoadAsync(table, "create_missing=items")).Body);
        var id = (await JsonAsync("/v1/commitments?recipient=POL&donor=FRA"))[0].GetProperty("id").GetInt64();
        foreach (var day in new[] { "2024-05-20", "2024-06-20", "2026-01-01" })
            Assert.Equal(await service.Admin.GetStringAsync($"/v1/commitments/{id}?as_of={day}&{Computed}", Cancel),
                await service.Admin.GetStringAsync($"/v1/commitments/{id}?as_of={day}", Cancel));
    }

    async Task<List<string>> AnswersAsync(string[] questions, string more)
    {
        var answers = new List<string>();
        foreach (var question in questions)
            answers.Add(string.Join('\n', (await JsonAsync(more.Length == 0 ? question : $"{question}&{more}")).EnumerateArray().Select(WithoutLink)));
        return answers;
    }

    // The link to the explanation repeats the question, and so differs.
    static string WithoutLink(JsonElement row) =>
        string.Join(';', row.EnumerateObject().Where(m => m.Name != "explain").Select(m => $"{m.Name}={m.Value}"));

    async Task<JsonElement> JsonAsync(string path) => (await service.Admin.GetFromJsonAsync<JsonElement>(path, Cancel)).GetProperty("items");
}
