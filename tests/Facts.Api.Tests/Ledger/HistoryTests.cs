using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Facts.Api.Ledger;
using Facts.Api.Tests.Balances;

using Microsoft.Extensions.DependencyInjection;

namespace Facts.Api.Tests.Ledger;

/// <summary>
/// Histories as they may come: loads in any order and of any size, and what editors do between them. How many are tried says <c>FACTS_STORE_HISTORIES</c>.
/// </summary>
public sealed class HistoryTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly int Tried = int.TryParse(Environment.GetEnvironmentVariable("FACTS_STORE_HISTORIES"), out var n) ? n : 25;

    static readonly string[] Days = ["2024-01-05", "2024-01-07", "2024-02-12", "2024-03-01", "2024-06-30", "2025-02-01"];

    static int _made;

    /// <summary>A claim, in numbers that are looked up in short lists: most of them touch one another.</summary>
    sealed record Told(int Kind, int Donor, int Item, int Quantity, int Day, int Due, int Key, int Article, int Extra);

    static readonly Gen<Told> Claims =
        from a in Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 5])
        from b in Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 5], Gen.Int[0, 8], Gen.Int[0, 9])
        select new Told(a.Item1, a.Item2, a.Item3, a.Item4, b.Item1, b.Item2, b.Item3, b.Item4, b.Item5);

    /// <summary>What happens after a load: 0 to 3 nothing, 4 a claim is withdrawn, 5 ranked, 6 an article retracted, 7 to 9 a decision, 10 one is undone.</summary>
    static readonly Gen<(List<Told> Claims, List<int> Acts, int Shuffle)> Histories =
        Gen.Select(Claims.List[1, 14], Gen.Int[0, 10].List[0, 6], Gen.Int[0, 1_000_000]);

    [Fact]
    public async Task What_is_kept_is_what_the_claims_amount_to_whatever_happened_before()
    {
        await Histories.SampleAsync(async history =>
        {
            var name = $"a{Interlocked.Increment(ref _made)}";
            var random = new Random(history.Shuffle);
            var left = history.Claims.Select((told, i) => Claim(name, told, i)).ToList();
            foreach (var act in history.Acts.Append(0))
            {
                var some = left.Take(act == 0 ? left.Count : random.Next(left.Count + 1)).ToList();
                left.RemoveRange(0, some.Count);
                if (some.Count > 0) await LoadAsync(some);
                await ActAsync(act, random);
            }
            await LoadAsync(left);
            await VerifiedAsync();
        }, iter: Tried, threads: 1);
    }

    [Fact]
    public async Task The_order_and_the_size_of_loads_do_not_matter()
    {
        await Histories.SampleAsync(async history =>
        {
            var (one, other) = ($"b{Interlocked.Increment(ref _made):0000}", $"c{_made:0000}");
            await LoadAsync([.. history.Claims.Select((told, i) => Claim(one, told, i))]);
            var random = new Random(history.Shuffle);
            var shuffled = history.Claims.Select((told, i) => Claim(other, told, i)).OrderBy(_ => random.Next()).ToList();
            while (shuffled.Count > 0)
            {
                var some = shuffled.Take(1 + random.Next(shuffled.Count)).ToList();
                shuffled.RemoveRange(0, some.Count);
                await LoadAsync(some);
            }
            foreach (var day in new[] { "2024-01-06", "2024-03-01", "2030-01-01" })
                Assert.Equal(await BalancesAsync(one, day), (await BalancesAsync(other, day)).Replace(other, one, StringComparison.OrdinalIgnoreCase));
            await VerifiedAsync();
        }, iter: Tried, threads: 1);
    }

    static JsonObject Claim(string name, Told told, int number)
    {
        var kind = told.Kind switch { < 4 => "pledge", < 7 => "delivery", 7 => "request", 8 => "amendment", _ => "cancellation" };
        var claim = new JsonObject
        {
            ["external_id"] = $"{number:00}", ["article_external_id"] = $"{name} article {told.Article}", ["article_publisher"] = $"Outlet {told.Article % 4}",
            ["kind"] = kind, ["stated_on"] = Days[told.Day], ["recipient"] = $"{name} taker",
            ["donors"] = told.Donor == 3 ? new JsonArray($"{name} giver 0", $"{name} giver 1") : new JsonArray($"{name} giver {told.Donor}"),
            ["items"] = told.Item == 3 ? new JsonArray("hawk", "iris-t") : new JsonArray(new[] { "air-defence", "iris-t", "hawk" }[told.Item]), ["unit"] = "system",
        };
        if (told.Quantity > 0) claim["quantity_low"] = told.Quantity;
        if (told.Quantity is > 0 and < 5) claim["quantity_high"] = told.Quantity + (told.Extra == 1 ? 2 : 0);
        if (told.Due > 1 && kind is "pledge" or "amendment") claim["due_on"] = new[] { "../2024-06-30", "2024-03", "2026-12-05~" }[told.Due % 3];
        var key = $"{name} key {told.Key}";
        if (kind is "amendment" or "cancellation" || told.Key < 3 && kind == "pledge" || told.Key < 2 && kind == "delivery") claim["commitment"] = key;
        if (kind == "delivery" && told.Extra == 2) claim["delivery"] = key;
        if (kind == "pledge" && told.Extra == 3 && told.Key < 3) claim["part_of"] = $"{name} key {told.Key + 1}";
        if (kind == "pledge" && told.Extra == 4) claim["firmness"] = "intent";
        if (kind == "pledge" && told.Extra == 5) claim["quantity_basis"] = "remaining";
        if (kind == "delivery" && told.Extra == 6) claim["quantity_basis"] = "cumulative";
        if (kind == "delivery" && told.Extra is 7 or 8) claim["stage"] = told.Extra == 7 ? "rejected" : "dispatched";
        if (kind == "pledge" && told.Extra == 9) claim["condition"] = "a vote";
        return claim;
    }

    async Task LoadAsync(IReadOnlyCollection<JsonObject> claims)
    {
        if (claims.Count == 0) return;
        using var body = new StringContent(string.Join('\n', claims.Select(c => c.ToJsonString())), Encoding.UTF8, "application/x-ndjson");
        using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true&on_error=skip", body);
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.MultiStatus, await answer.Content.ReadAsStringAsync());
    }

    // On whatever there is: what is refused is no change.
    async Task ActAsync(int act, Random random)
    {
        var claims = await ItemsAsync("/v1/claims?sort=-id&limit=14");
        if (claims.Count == 0) return;
        long Any() => claims[random.Next(claims.Count)].GetProperty("id").GetInt64();
        switch (act)
        {
            case 4:
                await SendAsync(HttpMethod.Delete, $"/v1/claims/{Any()}", null);
                break;
            case 5:
                await SendAsync(HttpMethod.Patch, $"/v1/claims/{Any()}", $$"""{"rank":"{{(random.Next(2) == 0 ? "preferred" : "deprecated")}}"}""");
                break;
            case 6:
                await SendAsync(HttpMethod.Patch, $"/v1/articles/{claims[random.Next(claims.Count)].GetProperty("article_id").GetInt64()}", """{"status":"retracted"}""");
                break;
            case 7 or 8 or 9:
                var word = new[] { "merge", "split", "link", "unlink" }[random.Next(4)];
                await SendAsync(HttpMethod.Post, "/v1/review/decisions", $$"""{"decision":"{{word}}","a":{{Any()}},"b":{{Any()}},"reason":"as it came"}""");
                break;
            case 10:
                var decisions = await ItemsAsync("/v1/review/decisions?sort=-id&limit=1");
                if (decisions.Count > 0) await SendAsync(HttpMethod.Delete, $"/v1/review/decisions/{decisions[0].GetProperty("id").GetInt64()}", null);
                break;
        }
    }

    async Task SendAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        using var answer = await service.Admin.SendAsync(request);
        Assert.True((int)answer.StatusCode < 500, await answer.Content.ReadAsStringAsync());
    }

    async Task<List<JsonElement>> ItemsAsync(string path) =>
        [.. JsonDocument.Parse(await service.Anonymous.GetStringAsync(path)).RootElement.GetProperty("items").EnumerateArray()];

    async Task<string> BalancesAsync(string name, string day)
    {
        var answer = await service.Anonymous.GetAsync($"/v1/balances?recipient={name}%20taker&group_by=donor,item&as_of={day}");
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? string.Join('\n', JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray().Select(i => i.ToString()))
            : $"{(int)answer.StatusCode}";
    }

    async Task VerifiedAsync()
    {
        await using var scope = service.Services.CreateAsyncScope();
        var verified = await scope.ServiceProvider.GetRequiredService<Verifier>().VerifyAsync(default);
        Assert.Equal([], verified.Differences);
    }
}
