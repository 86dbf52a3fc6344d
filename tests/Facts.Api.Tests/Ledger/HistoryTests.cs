using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Facts.Api.Balances;
using Facts.Api.Http;
using Facts.Api.Ledger;
using Facts.Api.Tests.Balances;
using Facts.Api.Tests.Support;
using Facts.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Facts.Api.Tests.Ledger;

/// <summary>
/// The histories of the core's properties, through the store. What holds for the core's answers holds for the service's, since they are the same:
/// whatever the order and the size of loads, and whatever editors do between them. <c>FACTS_STORE_HISTORIES</c> says how many are tried.
/// </summary>
public sealed class HistoryTests(HistoryTests.Store service) : IClassFixture<HistoryTests.Store>
{
    /// <summary>Histories that are loaded together: as many as have at most the claims that are taken at once.</summary>
    const int Together = 60;

    static readonly int Tried = int.TryParse(Environment.GetEnvironmentVariable("FACTS_STORE_HISTORIES"), out var n) ? n : 240;

    static readonly int Iterations = Math.Max(1, Tried / Together);

    static readonly DateTimeOffset Now = new(2024, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public sealed class Store(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Clock = new FakeTimeProvider(Now);
            await Case.AddItemsAsync(Admin, World.Tree.Select(i => (i.Code, i.Parent, i.Unit!)));
        }
    }

    /// <summary>What happens between loads: 0 to 3 nothing, 4 a claim is withdrawn, 5 ranked, 6 an article retracted, 7 to 9 a decision, 10 the last one is undone.</summary>
    static readonly Gen<List<int>> Acts = Gen.Int[0, 10].List[0, 6];

    [Fact]
    public async Task What_is_kept_is_what_the_claims_amount_to_whatever_happened_before() =>
        await Gen.Select(Gen.Select(Histories.Told, Acts).Array[Together], Gen.Int).SampleAsync(async (told, seed) =>
        {
            var random = new Random(seed);
            var lives = told.Select(t => new Life(new StoredHistory(t.Item1), t.Item2)).ToList();
            for (var round = 0; lives.Exists(l => l.Acts.Count > round); round++)
            {
                var acting = lives.FindAll(l => l.Acts.Count > round);
                await LoadAsync([.. acting.SelectMany(l => l.Next(random.Next(l.Left + 1)))]);
                var there = (await ItemsAsync("/v1/claims?sort=-id&limit=1000&fields=id,article_id,article_external_id"))
                    .ToLookup(c => c.GetProperty("article_external_id").GetString()!.Split(' ')[0]);
                foreach (var life in acting) await ActAsync(life, life.Acts[round], [.. there[life.History.Name]], random);
            }
            await LoadAsync([.. lives.SelectMany(l => l.Next(l.Left))]);
            await VerifiedAsync();
        }, iter: Iterations, threads: 1, print: t => Print(t.Item1.Select(x => x.Item1)));

    [Fact]
    public async Task The_service_answers_what_the_core_says_whatever_the_order_and_the_size_of_loads() =>
        await Gen.Select(Histories.Edited.Array[Together], Histories.Views.Array[3], Gen.Int[0, 63].Array[3], Gen.Int).SampleAsync(async (told, views, groups, seed) =>
        {
            var random = new Random(seed);
            var histories = told.Select(t => new StoredHistory(t)).ToList();
            var lines = histories.SelectMany(h => h.Lines).ToArray();
            random.Shuffle(lines);
            for (var sent = 0; sent < lines.Length;)
            {
                var some = lines.Skip(sent).Take(1 + random.Next(lines.Length)).ToList();
                var report = await LoadAsync(some);
                Assert.Equal(some.Count, report!.Value.GetProperty("rows_created").GetInt32());
                sent += some.Count;
            }
            await DecideAsync([.. histories.SelectMany(h => h.Decisions)]);

            foreach (var (view, by) in views.Zip(groups)) await AnsweredAsync(histories, view, (Grouping)by, random);
            // These are kept.
            var today = DateOnly.FromDateTime(Now.Date);
            await AnsweredAsync(histories, new View(today), (Grouping)random.Next(16), random);
            await AnsweredAsync(histories, new View(today.AddDays(random.Next(1, 8))), (Grouping)random.Next(16), random);

            var again = await LoadAsync(lines);
            Assert.Equal((0, lines.Length), (again?.GetProperty("rows_created").GetInt32() ?? 0, again?.GetProperty("rows_unchanged").GetInt32() ?? 0));
        }, iter: Iterations, threads: 1, print: t => Print(t.Item1));

    async Task AnsweredAsync(List<StoredHistory> histories, View view, Grouping groups, Random random)
    {
        groups |= Grouping.Recipient;
        var recipients = histories.SelectMany(h => h.Recipients).ToList();
        if (recipients.Count == 0) return;
        var words = BalanceFilter.Groups.Where(g => groups.HasFlag(g.Grouping)).Select(g => g.Word).ToList();
        var url = $"/v1/balances?group_by={string.Join(',', words)}&as_of={view.AsOf:yyyy-MM-dd}&min_stage={Words.Of(view.MinStage)}&links={Words.Of(view.Links)}&recipient={string.Join(',', recipients)}";
        var rows = await ItemsAsync(url);
        var answered = rows.ToLookup(r => r.GetProperty("recipient").GetString()!.Split('-')[0], r => new Row(r));
        foreach (var history in histories)
        {
            var expected = history.Rows(view, groups).Select(r => Text(words, name => Value(r, name))).Order(StringComparer.Ordinal);
            var told = answered[history.Name].Select(r => Text(words, name => r[name])).Order(StringComparer.Ordinal);
            Assert.True(expected.SequenceEqual(told), $"{url}\nis to be\n{string.Join('\n', expected)}\nand is\n{string.Join('\n', told)}\nof {history}");
        }
        if (rows.Count > 0) Assert.Empty(await Explained.WrongAsync(new Case(service.Anonymous), rows[random.Next(rows.Count)]));
    }

    static readonly string[] Counts =
        ["commitments", "deliveries", "requests", "claims", "articles", "publishers", "unquantified", "conditional", "on_hold", "disputed", "conflicts", "possible_overlap", "last_stated_on"];

    static string Text(IEnumerable<string> groups, Func<string, string> value) =>
        string.Join(' ', groups.Append("unit").Concat(MeasureNames.All.Select(m => m.Name)).Append("fulfilment_rate").Concat(Counts).Select(name => $"{name}: {value(name)}"));

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
        "last_stated_on" => row.LastStatedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        _ => MeasureNames.All.Single(m => m.Name == name).Of(row.Measures) is { } measure ? Show(measure.Low, measure.High) : "[none, ∞)",
    };

    static string Show(decimal low, decimal? high) => $"[{low:0.####}, {(high is { } most ? $"{most:0.####}]" : "∞)")}";

    /// <summary>A history and what is left of it.</summary>
    sealed class Life(StoredHistory history, List<int> acts)
    {
        int _sent;

        public StoredHistory History => history;
        public List<int> Acts => acts;
        public int Left => history.Lines.Count - _sent;

        /// <summary>Numbers of the decisions that are in force.</summary>
        public Stack<long> Decisions { get; } = new();

        public IEnumerable<JsonObject> Next(int count) => history.Lines.Skip((_sent += count) - count).Take(count);
    }

    // On whatever there is: what is refused is no change.
    async Task ActAsync(Life life, int act, IReadOnlyList<JsonElement> claims, Random random)
    {
        if (claims.Count == 0) return;
        long Any(string what) => claims[random.Next(claims.Count)].GetProperty(what).GetInt64();
        switch (act)
        {
            case 4:
                await SendAsync(HttpMethod.Delete, $"/v1/claims/{Any("id")}", null);
                break;
            case 5:
                await SendAsync(HttpMethod.Patch, $"/v1/claims/{Any("id")}", $$"""{"rank":"{{(random.Next(2) == 0 ? "preferred" : "deprecated")}}"}""");
                break;
            case 6:
                await SendAsync(HttpMethod.Patch, $"/v1/articles/{Any("article_id")}", """{"status":"retracted"}""");
                break;
            case 7 or 8 or 9:
                var word = new[] { "merge", "split", "link", "unlink" }[random.Next(4)];
                var decided = await SendAsync(HttpMethod.Post, "/v1/review/decisions", $$"""{"decision":"{{word}}","a":{{Any("id")}},"b":{{Any("id")}},"reason":"as it came"}""");
                if (decided.TryGetProperty("id", out var id)) life.Decisions.Push(id.GetInt64());
                break;
            case 10:
                if (life.Decisions.TryPop(out var last)) await SendAsync(HttpMethod.Delete, $"/v1/review/decisions/{last}", null);
                break;
        }
    }

    async Task<JsonElement?> LoadAsync(IReadOnlyCollection<JsonObject> claims) => claims.Count == 0 ? null
        : await PostLinesAsync("/v1/imports?create_missing=true", claims);

    async Task DecideAsync(IReadOnlyCollection<JsonObject> decisions)
    {
        if (decisions.Count > 0) await PostLinesAsync("/v1/review/decisions/load", decisions);
    }

    async Task<JsonElement> PostLinesAsync(string path, IEnumerable<JsonObject> lines)
    {
        using var body = new StringContent(string.Join('\n', lines.Select(c => c.ToJsonString())), Encoding.UTF8, "application/x-ndjson");
        using var answer = await service.Admin.PostAsync(path, body, Cancel);
        var report = await Case.ReadAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, report.ToString());
        return report;
    }

    async Task<JsonElement> SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await service.Admin.SendAsync(request, Cancel);
        var body = await Case.ReadAsync(answer);
        Assert.True((int)answer.StatusCode < 500, body.ToString());
        return body;
    }

    async Task<List<JsonElement>> ItemsAsync(string path) => [.. (await new Case(service.Anonymous).GetAsync(path)).GetProperty("items").EnumerateArray()];

    async Task VerifiedAsync()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var verified = await scope.ServiceProvider.GetRequiredService<Verifier>().VerifyAsync(Cancel);
        Assert.True(verified.Count == 0, string.Join('\n', verified.Differences));
    }

    static string Print(IEnumerable<World> told) => string.Join("\n\n", told.Select(Histories.Tell));
}
