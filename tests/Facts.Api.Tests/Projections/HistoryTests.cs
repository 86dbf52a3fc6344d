using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Facts.Api.Changes;
using Facts.Tests;

namespace Facts.Api.Tests.Projections;

/// <summary>Random histories: imports of any size, and between them edits, corrections of a list and passing days.</summary>
public sealed class HistoryTests(HistoryStore store, HistoryTests.Elsewhere elsewhere) : IClassFixture<HistoryStore>, IClassFixture<HistoryTests.Elsewhere>
{
    /// <summary>Another store.</summary>
    public sealed class Elsewhere(Databases databases) : IAsyncLifetime
    {
        public HistoryStore Store { get; } = new(databases);

        public ValueTask InitializeAsync() => Store.InitializeAsync();

        public ValueTask DisposeAsync() => Store.DisposeAsync();
    }

    /// <summary>The number of histories in one import. Their claims must fit into one batch and into the report of one change.</summary>
    const int Together = 60;

    string[] Days => [$"{store.Today:yyyy-MM-dd}", "2024-01-31", "2024-06-01"];

    /// <summary>
    /// Acts between imports: 0 to 2 nothing, 3 and 4 a new edition of a claim, 5 a withdrawal, 6 a rank, 7 a retracted article,
    /// 8 to 10 a decision, 11 the undoing of the last decision.
    /// </summary>
    static readonly Gen<List<int>> Acts = Gen.Int[0, 11].List[0, 6];

    static readonly Gen<((World World, List<int> Acts)[] Lives, int Seed)> Several = Gen.Select(Gen.Select(Histories.Unedited, Acts).Array[Together], Gen.Int);

    [Fact]
    public Task Projections_changes_and_exports_depend_on_the_claims_alone() => HistoryStore.ForAllAsync(Several, Together, async several =>
    {
        var random = new Random(several.Seed);
        var (daysPass, itemsMove) = (random.Next(2) == 0, random.Next(2) == 0);
        var lives = several.Lives.Select(l => new Life(new StoredHistory(l.World), l.Acts)).ToList();
        await ChangesAsync();
        var changes = new List<JsonElement>();
        var known = new List<(string Question, string KnownAt, List<string> Answer)>();
        var hasMoved = false;
        for (var round = 0; lives.Exists(l => l.Acts.Count > round); round++)
        {
            if (itemsMove && random.Next(2) == 0) await MoveAsync(hasMoved = !hasMoved);
            var acting = lives.FindAll(l => l.Acts.Count > round);
            await store.LoadAsync([.. acting.SelectMany(l => l.Next(random.Next(l.Left + 1)))]);
            var there = (await new Case(store.Anonymous).GetAsync("/v1/claims?sort=-id&limit=1000&fields=id,article_id,article_external_id"))
                .GetProperty("items").EnumerateArray()
                .ToLookup(c => StoredHistory.NameOf(c.GetProperty("article_external_id").GetString()!));
            foreach (var life in acting) await ActAsync(life, life.Acts[round], [.. there[life.History.Name]], random);
            changes.AddRange(await ChangesAsync());
            if (daysPass) store.Wait(random);
            // The catalogue has no history: a repeated question needs the tree of the first one.
            if (changes.Count == 0 || hasMoved) continue;
            var question = Question(Recipients(lives), Days[random.Next(Days.Length)]);
            known.Add((question, changes[^1].GetProperty("recorded_at").GetString()!, await AnswerAsync(store, question)));
        }
        await store.LoadAsync([.. lives.SelectMany(l => l.Next(l.Left))]);
        if (hasMoved)
        {
            await store.VerifyAsync();
            await MoveAsync(false);
        }
        changes.AddRange(await ChangesAsync());

        await store.VerifyAsync();
        foreach (var (question, at, answer) in known) Same(answer, await AnswerAsync(store, $"{question}&known_at={at}"), $"as known at {at}");
        if (changes.Count == 0) return;
        // A passing day is no change of the claims. A moved item changes answers in all earlier histories.
        if (!daysPass && !itemsMove) Moved(changes, await store.ItemsAsync(Question(Recipients(lives), Days[0])));
        await TakenElsewhereAsync(lives, random.Next(2) == 0 ? ("csv", "text/csv") : ("ndjson", "application/x-ndjson"));
    }, s => s.Lives.Select(l => l.World));

    /// <summary>Puts an item into another tree, or back.</summary>
    Task MoveAsync(bool away) => store.TryAsync(HttpMethod.Patch, "/v1/items/hawk", $$"""{"parent":"{{(away ? "armour" : "air-defence")}}"}""");

    /// <summary>A history and its acts that are still to come.</summary>
    sealed class Life(StoredHistory history, List<int> acts)
    {
        public StoredHistory History => history;
        public List<int> Acts => acts;

        /// <summary>The claims sent so far, each in its last edition.</summary>
        public List<JsonObject> Sent { get; } = [];

        public int Left => history.Lines.Count - Sent.Count;

        /// <summary>Numbers of the decisions that are in force.</summary>
        public Stack<long> Decisions { get; } = new();

        public List<JsonObject> Next(int count)
        {
            var next = history.Lines.GetRange(Sent.Count, count);
            Sent.AddRange(next);
            return next;
        }
    }

    async Task ActAsync(Life life, int act, IReadOnlyList<JsonElement> claims, Random random)
    {
        if (claims.Count == 0) return;
        long Any(string what) => claims[random.Next(claims.Count)].GetProperty(what).GetInt64();
        switch (act)
        {
            case 3 or 4:
                await store.LoadAsync([NewEdition(life, random)]);
                break;
            case 5:
                await store.TryAsync(HttpMethod.Delete, $"/v1/claims/{Any("id")}");
                break;
            case 6:
                var rank = random.Next(2) == 0 ? "preferred" : "deprecated";
                await DecideAsync($$"""{"decision":"rank","a":{{Any("id")}},"rank":"{{rank}}","reason":"as it came"}""");
                break;
            case 7:
                await store.TryAsync(HttpMethod.Patch, $"/v1/articles/{Any("article_id")}", """{"status":"retracted"}""");
                break;
            case 8 or 9 or 10:
                var word = new[] { "merge", "split", "link", "unlink" }[random.Next(4)];
                await DecideAsync($$"""{"decision":"{{word}}","a":{{Any("id")}},"b":{{Any("id")}},"reason":"as it came"}""");
                break;
            case 11:
                if (life.Decisions.TryPop(out var last)) await store.TryAsync(HttpMethod.Delete, $"/v1/review/decisions/{last}");
                break;
        }

        async Task DecideAsync(string decision)
        {
            var decided = await store.TryAsync(HttpMethod.Post, "/v1/review/decisions", decision);
            if (decided.TryGetProperty("id", out var id)) life.Decisions.Push(id.GetInt64());
        }
    }

    /// <summary>The next edition of one of the claims sent: with another number, with other donors, or unchanged.</summary>
    static JsonObject NewEdition(Life life, Random random)
    {
        var at = random.Next(life.Sent.Count);
        var edition = life.Sent[at].DeepClone().AsObject();
        switch (random.Next(5))
        {
            case 0 or 1:
                (edition["quantity_low"], edition["quantity_high"]) = (4, 4);
                edition["unit"] ??= "system";
                break;
            case 2 or 3:
                edition["donors"] = new JsonArray($"{life.History.Name}-rou");
                break;
        }
        return life.Sent[at] = edition;
    }

    long _last;

    /// <summary>The changes since those that were read last.</summary>
    async Task<List<JsonElement>> ChangesAsync()
    {
        var changes = await store.ItemsAsync($"/v1/changes?since={_last}&limit=1000");
        if (changes.Count > 0) _last = changes[^1].GetProperty("sequence").GetInt64();
        return changes;
    }

    static List<string> Recipients(List<Life> lives) => [.. lives.SelectMany(l => l.Sent).Select(s => s["recipient"]!.GetValue<string>()).Distinct()];

    static string Question(IEnumerable<string> recipients, string day) =>
        $"/v1/balances?group_by=donor,recipient,item&as_of={day}&recipient={string.Join(',', recipients)}";

    static async Task<List<string>> AnswerAsync(HistoryStore of, string question) =>
        (await of.ItemsAsync(question)).ConvertAll(r => new Row(r).Text().Replace('\n', ' '));

    static void Same(List<string> expected, List<string> told, string how)
    {
        Assert.True(expected.SequenceEqual(told),
            $"{how} is to be\n{string.Join('\n', expected.Except(told))}\nand is\n{string.Join('\n', told.Except(expected))}");
    }

    /// <summary>Each move of a balance starts at the end of the move before it, and the last moves end at the present balances.</summary>
    static void Moved(List<JsonElement> changes, List<JsonElement> rows)
    {
        var now = new Dictionary<(string Cell, string Measure), string>();
        foreach (var change in changes)
        {
            Assert.False(change.GetProperty("truncated").GetBoolean());
            foreach (var balance in change.GetProperty("balances").EnumerateArray())
                foreach (var measure in balance.GetProperty("measures").EnumerateObject())
                {
                    var cell = (Cell(balance), measure.Name);
                    var (was, before) = (now.GetValueOrDefault(cell, "0 to 0"), Ends(measure.Value.GetProperty("before"), "low", "high"));
                    Assert.True(was == before, $"{cell} was {was}, and moved from {before} in {change}");
                    now[cell] = Ends(measure.Value.GetProperty("after"), "low", "high");
                }
        }
        var shown = rows.SelectMany(r => MeasureNames.All, (r, m) => (Cell: (Cell(r), m.Name), Ends: Ends(r, m.Name + "_low", m.Name + "_high")));
        Assert.Equal(
            shown.Where(m => m.Ends != "0 to 0").Select(m => $"{m.Cell} {m.Ends}").Order(StringComparer.Ordinal),
            now.Where(m => m.Value != "0 to 0").Select(m => $"{m.Key} {m.Value}").Order(StringComparer.Ordinal));

        static string Cell(JsonElement of) => string.Join(' ', new[] { "donor", "recipient", "item", "unit" }.Select(of.GetProperty));
        static string Ends(JsonElement of, string low, string high) =>
            $"{of.GetProperty(low).GetDecimal():0.####} to {(of.GetProperty(high) is { ValueKind: JsonValueKind.Number } most ? $"{most.GetDecimal():0.####}" : "∞")}";
    }

    /// <summary>An export of the store gives equal answers in another store.</summary>
    async Task TakenElsewhereAsync(List<Life> lives, (string Format, string Type) format)
    {
        var claims = await store.Anonymous.GetStringAsync($"/v1/claims?recipient={string.Join(',', Recipients(lives))}&format={format.Format}",
            TestContext.Current.CancellationToken);
        // Of others nothing counts any more, and nobody elsewhere has heard of them.
        var recipients = Recipients(lives).Where(claims.Contains).ToList();
        if (recipients.Count == 0) return;
        await elsewhere.Store.PostAsync("/v1/imports?create_missing=true", claims, format.Type);
        var own = lives.Select(l => l.History.Name).ToHashSet();
        var decisions = (await store.Anonymous.GetStringAsync("/v1/review/decisions?format=ndjson", TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(d => JsonNode.Parse(d)!.AsObject());
        await elsewhere.Store.DecideAsync(
            [.. decisions.Where(d => d["a_article"]?.GetValue<string>() is { } article && own.Contains(StoredHistory.NameOf(article)))]);
        foreach (var day in Days)
            Same(await AnswerAsync(store, Question(recipients, day)), await AnswerAsync(elsewhere.Store, Question(recipients, day)), $"elsewhere on {day}");
        await elsewhere.Store.VerifyAsync();
    }
}
