using System.Globalization;
using System.Text.Json;
using CsCheck;
using Facts.Api.Balances;
using Facts.Api.Changes;
using Facts.Api.Http;
using Facts.Api.Tests.Balances;
using Facts.Tests;

namespace Facts.Api.Tests.Projections;

/// <summary>
/// Compares answers of the service with answers of the core, for the histories of the core's property tests. The answers must be equal,
/// whatever the order and the size of imports.
/// </summary>
public sealed class StoredAnswerTests(HistoryStore store) : IClassFixture<HistoryStore>
{
    /// <summary>Histories that are loaded together: enough that some loads are taken at once, and some are queued.</summary>
    const int Together = 240;

    static readonly Gen<(World[] Worlds, EvaluationOptions[] Evaluations, int[] Groups, int Seed)> Several =
        Gen.Select(Histories.Edited.Array[Together], Histories.Evaluations.Array[4], Gen.Int[0, 63].Array[4], Gen.Int);

    [Fact]
    public Task The_service_gives_the_answers_of_the_core() => HistoryStore.ForAllAsync(Several, Together, async several =>
    {
        var random = new Random(several.Seed);
        var histories = several.Worlds.Select(t => new StoredHistory(t)).ToList();
        var lines = histories.SelectMany(h => h.Lines).ToArray();
        random.Shuffle(lines);
        for (var sent = 0; sent < lines.Length;)
        {
            var some = lines.Skip(sent).Take(1 + random.Next(lines.Length)).ToList();
            Assert.Equal(some.Count, (await store.LoadAsync(some))!.Value.GetProperty("rows_created").GetInt32());
            sent += some.Count;
        }
        await store.DecideAsync([.. histories.SelectMany(h => h.Decisions)]);

        async Task AllAsync(Func<Claim, bool> there)
        {
            foreach (var (options, groups) in several.Evaluations.Zip(several.Groups)) await AnsweredAsync(histories, there, options, (Grouping)groups, random);
            // The coverage includes today and the days ahead.
            await AnsweredAsync(histories, there, new EvaluationOptions(store.Today), (Grouping)random.Next(16), random);
            await AnsweredAsync(histories, there, new EvaluationOptions(store.Today.AddDays(random.Next(1, 8))), (Grouping)random.Next(16), random);
        }
        await AllAsync(_ => true);
        await HistoriesMatchStatesAsync(histories, several.Evaluations[0].AsOf, random);

        if (lines.Length == 0) return;
        var again = (await store.LoadAsync(lines))!.Value;
        Assert.Equal((0, lines.Length), (again.GetProperty("rows_created").GetInt32(), again.GetProperty("rows_unchanged").GetInt32()));

        // A later edition of the lists in some articles. Claims missing from it are withdrawn.
        var edition = lines.Where(_ => random.Next(3) > 0).ToList();
        var held = edition.Select(l => (l["article_external_id"]!.GetValue<string>(), l["external_id"]!.GetValue<string>())).ToHashSet();
        var articles = held.Select(h => h.Item1).ToHashSet();
        await store.LoadAsync(edition, "&missing=withdraw");
        await AllAsync(c => held.Contains((c.Article.Name, c.ExternalId)) || !articles.Contains(c.Article.Name));
    }, s => s.Worlds);

    async Task AnsweredAsync(List<StoredHistory> histories, Func<Claim, bool> there, EvaluationOptions options, Grouping groups, Random random)
    {
        groups |= Grouping.Recipient;
        var recipients = histories.SelectMany(h => h.Recipients).ToList();
        if (recipients.Count == 0) return;
        var filters = Filters(histories);
        var (filter, knows, takes) = filters[random.Next(filters.Length)];
        var isOfCommitments = filter.StartsWith("&firmness", StringComparison.Ordinal) || filter.StartsWith("&due", StringComparison.Ordinal);
        var words = BalanceFilter.Groups.Where(g => groups.HasFlag(g.Grouping)).Select(g => g.Word).ToList();
        var question = $"group_by={string.Join(',', words)}&as_of={options.AsOf:yyyy-MM-dd}&min_stage={EnumWords.ToWord(options.MinStage)}&links={EnumWords.ToWord(options.Links)}{filter}";
        var rows = await store.ItemsAsync($"/v1/balances?{question}&recipient={string.Join(',', recipients)}");
        var answered = rows.ToLookup(r => StoredHistory.NameOf(r.GetProperty("recipient").GetString()!), r => new Row(r));
        foreach (var history in histories)
        {
            var expected = history.Rows(options, groups, c => there(c) && knows(c), takes)
                .Select(r => Text(words, name => isOfCommitments && NotOfCommitments.Contains(name) ? "[none, ∞)"
                    : isOfCommitments && name == "delivered_overlap" ? "" : Value(r, name))).ToList();
            var actual = answered[history.Name].Select(r => Text(words, name => r[name])).ToList();
            Assert.True(expected.SequenceEqual(actual), $"{question}\nis to be\n{string.Join('\n', expected)}\nand is\n{string.Join('\n', actual)}\nof {history}");
        }
        var day = $"{options.AsOf:yyyy-MM-dd}";
        var steps = await store.ItemsAsync(
            $"/v1/balances/timeline?{question.Replace("&as_of=" + day, $"&from={day}&to={day}", StringComparison.Ordinal)}&recipient={string.Join(',', recipients)}");
        Assert.Equal(rows.Select(r => Text(words, name => new Row(r)[name])), steps.Select(r => Text(words, name => new Row(r)[name])));
        if (rows.Count > 0 && await ExplanationCheck.WrongAsync(new Case(store.Anonymous), rows[random.Next(rows.Count)]) is { Count: > 0 } wrong)
            Assert.Fail(string.Join("\n", wrong));
    }

    static readonly string[] StateFields = ["status", "due_on", "committed", "cancelled", "delivered", "outstanding"];

    /// <summary>A commitment's history gives for a day the numbers of that day, and it names every claim about the commitment.</summary>
    async Task HistoriesMatchStatesAsync(List<StoredHistory> histories, DateOnly day, Random random)
    {
        var recipients = histories.SelectMany(h => h.Recipients).ToList();
        if (recipients.Count == 0) return;
        var api = new Case(store.Anonymous);
        var commitments = (await store.ItemsAsync($"/v1/commitments?as_of={day:yyyy-MM-dd}&limit=1000&recipient={string.Join(',', recipients)}")).ToArray();
        random.Shuffle(commitments);
        foreach (var commitment in commitments.Take(20))
        {
            var path = $"/v1/commitments/{commitment.GetProperty("id")}";
            var alone = await api.GetAsync($"{path}?as_of={day:yyyy-MM-dd}");
            var steps = (await api.GetAsync($"{path}/history?as_of={day:yyyy-MM-dd}")).GetProperty("items").EnumerateArray().ToList();
            var ids = steps.Select(t => t.GetProperty("claim").GetProperty("id").GetInt64()).ToHashSet();
            Assert.All(alone.GetProperty("evidence").EnumerateArray().Select(c => c.GetProperty("id").GetInt64()), id => Assert.Contains(id, ids));
            var last = steps[random.Next(steps.Count)];
            var then = Day(last, "occurred_to") is { } end && end < day ? end : day;
            // A claim that arrives before its pledge waits for the pledge.
            if ((Day(commitment, "stated_from") ?? Day(commitment, "stated_to")) is { } stated && then < stated) then = stated;
            var state = await api.GetAsync($"{path}?as_of={then:yyyy-MM-dd}");
            Assert.Equal(string.Join(' ', StateFields.Select(name => new Row(state)[name])), string.Join(' ', StateFields.Select(name => new Row(last)[name])));
        }
    }

    static DateOnly? Day(JsonElement of, string name) =>
        of.GetProperty(name) is { ValueKind: JsonValueKind.String } day ? DateOnly.Parse(day.GetString()!, CultureInfo.InvariantCulture) : null;

    /// <summary>Filters, as they are asked for and as they are meant.</summary>
    static (string Query, Func<Claim, bool> Knows, Func<FactState, bool> Takes)[] Filters(IEnumerable<StoredHistory> histories)
    {
        var givers = histories.SelectMany(h =>
            h.Lines.SelectMany(l => l["donors"]!.AsArray()).Select(d => d!.GetValue<string>()).Where(d => d != h.Party("DEU"))).ToHashSet();
        return
        [
            Facts("", _ => true),
            givers.Count == 0 ? Facts("", _ => true) : Facts("&donor=" + string.Join(',', givers), s => s.Donors.Codes.Any(givers.Contains)),
            Facts("&item=iris-t", s => s.Items.Codes.Any(i => i is "iris-t" or "iris-t-slm")),
            Facts("&item=hawk,iris-t-slm", s => s.Items.Codes.Any(i => i is "hawk" or "iris-t-slm")),
            Facts("&unit=missile", s => s.Unit == "missile"),
            Facts("&firmness=pledged", s => s is CommitmentState { Firmness: Firmness.Pledged }),
            Facts("&due_from=2024-03-01", s => s is CommitmentState { Due: { } due } && !(due.To < new DateOnly(2024, 3, 1))),
            Facts("&due_to=2024-02-29", s => s is CommitmentState { Due: { } due } && (due.To ?? due.From) <= new DateOnly(2024, 2, 29)),
            Facts("&stated_from=2024-02-11", s => (s.Stated.From ?? s.Stated.To) >= new DateOnly(2024, 2, 11)),
            Facts("&stated_to=2024-02-10", s => (s.Stated.From ?? s.Stated.To) <= new DateOnly(2024, 2, 10)),
            ("&publisher=reuters", c => string.Equals(c.Article.Publisher, "Reuters", StringComparison.OrdinalIgnoreCase), _ => true),
        ];

        static (string, Func<Claim, bool>, Func<FactState, bool>) Facts(string query, Func<FactState, bool> takes) => (query, _ => true, takes);
    }

    /// <summary>Measures without a value if only commitments are asked for.</summary>
    static readonly string[] NotOfCommitments = ["requested", "delivered", "unpledged", "unmet_need"];

    static readonly string[] Counts =
        ["commitments", "deliveries", "requests", "claims", "articles", "publishers", "unquantified", "conditional", "on_hold", "disputed", "conflicts",
            "possible_overlap", "committed_overlap", "delivered_overlap", "last_stated_on"];

    static string Text(IEnumerable<string> groups, Func<string, string> value) =>
        string.Join(' ', groups.Append("unit").Concat(MeasureNames.All.Select(m => m.Name)).Append("fulfilment_rate").Concat(Counts)
            .Select(name => $"{name}: {value(name)}"));

    // As a row of an answer has it.
    static string Value(BalanceRow row, string name) => name switch
    {
        "unit" => row.Key.Unit ?? "",
        "donor" => row.Key.Donor ?? "",
        "recipient" => row.Key.Recipient!,
        "item" => row.Key.Item!,
        "category" => row.Key.Category!,
        "year_stated" => $"{row.Key.YearStated}",
        "year_due" => $"{row.Key.YearDue}",
        "fulfilment_rate" => row.Measures.FulfilmentRate() is { } rate ? Show(rate.Low, rate.High) : "[none, ∞)",
        "commitments" => $"{row.Measures.Commitments}",
        "deliveries" => $"{row.Measures.Deliveries}",
        "requests" => $"{row.Measures.Requests}",
        "claims" => $"{row.Claims}",
        "articles" => $"{row.Articles}",
        "publishers" => $"{row.Publishers}",
        "unquantified" => $"{row.Measures.Unquantified}",
        "conditional" => $"{row.Measures.Conditional}",
        "on_hold" => $"{row.Measures.OnHold}",
        "disputed" => $"{row.Measures.Disputed}",
        "conflicts" => $"{row.Measures.Conflicts}",
        "possible_overlap" => $"{row.Measures.PossibleOverlap}",
        "committed_overlap" => $"{row.CommittedOverlap:0.####}",
        "delivered_overlap" => $"{row.DeliveredOverlap:0.####}",
        "last_stated_on" => row.LastStatedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        _ => MeasureNames.All.Single(m => m.Name == name).Of(row.Measures) is { } measure ? Show(measure.Low, measure.High) : "[none, ∞)",
    };

    static string Show(decimal low, decimal? high) => $"[{low:0.####}, {(high is { } most ? $"{most:0.####}]" : "∞)")}";
}
