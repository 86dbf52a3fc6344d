using System.Text;
using System.Text.Json;
using CsCheck;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;
using Facts.Tests;

namespace Facts.Api.Tests.Projections;

/// <summary>
/// The lists of requests, commitments and deliveries during imports and passing days. Days within the coverage come from projections, others from the claims.
/// </summary>
public sealed class StoredFactTests(HistoryStore store) : IClassFixture<HistoryStore>
{
    /// <summary>Histories that are loaded together.</summary>
    const int Together = 240;

    /// <summary>A number in one store is another one elsewhere.</summary>
    static readonly string[] Numbers = ["id", "deadlines"];

    static readonly Gen<(World[] Worlds, string[] Days, int Seed)> Several = Gen.Select(Histories.Edited.Array[Together],
        Histories.Any(Histories.Days).Array[2], Gen.Int);

    [Fact]
    public Task Stored_facts_equal_those_of_the_core_while_days_pass() => HistoryStore.ForAllAsync(Several, Together, async several =>
    {
        var random = new Random(several.Seed);
        var histories = several.Worlds.Select(t => new StoredHistory(t)).ToList();
        var lines = histories.SelectMany(h => h.Lines).ToArray();
        random.Shuffle(lines);
        for (var sent = 0; sent < lines.Length; store.Wait(random))
        {
            var some = lines.Skip(sent).Take(1 + random.Next(lines.Length)).ToList();
            await store.LoadAsync(some);
            sent += some.Count;
        }
        await store.DecideAsync([.. histories.SelectMany(h => h.Decisions)]);
        if (random.Next(2) == 0) store.Wait(random);
        foreach (var day in several.Days.Select(DateOnly.Parse).Concat([store.Today, store.Today.AddDays(random.Next(1, 8))]))
        {
            await ListedAsync(histories, day, "requests", RequestListSchema.Fields, rows => rows.Requests);
            await ListedAsync(histories, day, "commitments", CommitmentListSchema.Fields, rows => rows.Commitments);
            await ListedAsync(histories, day, "deliveries", DeliveryListSchema.Fields, rows => rows.Deliveries);
        }
        await store.VerifyAsync();
    }, s => s.Worlds);

    async Task ListedAsync<TRow>(List<StoredHistory> histories, DateOnly day, string list, ListSchema<TRow> fields,
        Func<FactRows, List<TRow>> of) where TRow : FactRow
    {
        var columns = fields.Fields.Where(f => !Numbers.Contains(f.Name)).ToList();
        var recipients = histories.SelectMany(h => h.Recipients).ToList();
        if (recipients.Count == 0) return;
        var question = $"/v1/{list}?as_of={day:yyyy-MM-dd}&limit=1000&fields={string.Join(',', columns.Select(c => c.Name))}&recipient={string.Join(',', recipients)}";
        var listed = (await store.ItemsAsync(question))
            .ToLookup(f => StoredHistory.NameOf(f.GetProperty("recipient").GetString()!), f => JsonSerializer.Serialize(f));
        foreach (var history in histories)
        {
            var expected = of(FactRows.From(history.States(new EvaluationOptions(day), _ => true)))
                .Select(row => JsonSerializer.Serialize(JsonDocument.Parse(Encoding.UTF8.GetString(ListAnswer.Bytes(columns, row))).RootElement))
                .Order(StringComparer.Ordinal).ToList();
            var answered = listed[history.Name].Order(StringComparer.Ordinal).ToList();
            Assert.True(expected.SequenceEqual(answered),
                $"{list} on {day:O} are to be\n{string.Join('\n', expected.Except(answered))}\nand are\n{string.Join('\n', answered.Except(expected))}\nof {history}");
        }
    }
}
