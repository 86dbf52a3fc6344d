using System.Net;
using System.Text.Json;

namespace Facts.Api.Tests.Review;

/// <summary>Decisions, retractions and undoing of editors, through the HTTP interface.</summary>
public sealed class ReviewDecisionTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_editors_rank_changes_the_value_and_can_be_undone()
    {
        foreach (var (outlet, number) in new[] { ("a", 5), ("b", 5), ("c", 5), ("d", 7) })
            await _case.LoadAsync(new { article = outlet, external_id = "1", kind = "pledge", commitment = "k", stated_on = "2024-01-01", quantity = number });
        Assert.Equal("[5, 5]", (await _case.RowAsync("2024-12-04"))["committed"]);
        var seven = Assert.Single(await _case.FactsAsync("claims", "2024-12-04"), c => c["quantity"] == "[7, 7]");

        var preferred = await RankAsync(seven["id"], "preferred");
        Assert.Equal("[7, 7]", (await _case.RowAsync("2024-12-04"))["committed"]);

        await RankAsync(preferred, "normal");
        var row = await _case.RowAsync("2024-12-04");
        Assert.Equal("[5, 5]", row["committed"]);
        Assert.Equal("1", row["conflicts"]);
    }

    [Fact]
    public async Task A_rank_is_recorded_with_who_and_why_and_undoing_it_brings_the_one_before_back()
    {
        foreach (var (outlet, number) in new[] { ("who", 5), ("why", 7) })
            await _case.LoadAsync(new
            {
                article = outlet, external_id = "1", kind = "pledge", commitment = "ranked", stated_on = "2024-01-01",
                quantity = number
            });
        var claims = await _case.FactsAsync("claims", "2024-12-04");
        var (five, seven) = (claims.Single(c => c["quantity"] == "[5, 5]")["id"], claims.Single(c => c["quantity"] == "[7, 7]")["id"]);
        Assert.Equal("[5, 5]", await CommittedAsync());
        service.Clock!.Advance(TimeSpan.FromDays(1));

        var now = await SendAsync(HttpMethod.Patch, $"/v1/claims/{seven}", "\"1\"",
            """{"rank":"preferred","decided_by":"an editor","reason":"the ministry's own list"}""");
        Assert.Equal("preferred", now.GetProperty("rank").GetString());
        var first = (await DecisionsAsync(seven))[^1];
        Assert.Equal($"rank {seven} null preferred normal an editor the ministry's own list null", Describe(first));
        var second = await SendAsync(HttpMethod.Post, "/v1/review/decisions", null,
            $$"""{"decision":"rank","a":{{now.GetProperty("id")}},"rank":"deprecated","decided_by":"another","reason":"the list was a forgery"}""");
        Assert.Equal($"rank {seven} null deprecated preferred another the list was a forgery null", Describe(second));
        Assert.Equal("[5, 5]", await CommittedAsync());

        // The second decision overrules the first. After the first is undone, undoing the second does not bring it back.
        await UndoAsync(first);
        Assert.Equal("[5, 5]", await CommittedAsync());
        await UndoAsync(second);
        Assert.Equal("normal", Assert.Single(await _case.FactsAsync("claims", "2024-12-04"), c => c["quantity"] == "[7, 7]")["rank"]);
        Assert.Equal("[5, 5]", await CommittedAsync());

        // A rank that is there already is no decision.
        var same = await SendAsync(HttpMethod.Patch, $"/v1/claims/{five}", "\"1\"", """{"rank":"normal"}""");
        Assert.Equal(five, same.GetProperty("id").ToString());
        Assert.Empty(await DecisionsAsync(five));

        async Task<string> CommittedAsync() => (await _case.RowAsync("2024-12-04"))["committed"];
        Task UndoAsync(JsonElement decision) => SendAsync(HttpMethod.Delete, $"/v1/review/decisions/{decision.GetProperty("id")}", "\"1\"", null);
        async Task<List<JsonElement>> DecisionsAsync(string claim) =>
            [.. (await _case.GetAsync($"/v1/review/decisions?a={claim}")).GetProperty("items").EnumerateArray()];
        static string Describe(JsonElement decision) => string.Join(' ',
            new[] { "decision", "a", "b", "rank", "rank_before", "decided_by", "reason", "undone_at" }
            .Select(m => decision.GetProperty(m) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : "null"));
    }

    [Fact]
    public async Task A_rank_that_a_file_gives_ends_the_decisions_about_it()
    {
        object Pledge(string? rank) => new { article = "reranked", external_id = "1", kind = "pledge", stated_on = "2024-01-01", quantity = 5, rank };
        await _case.LoadAsync(Pledge(null));
        var claim = Assert.Single(await _case.FactsAsync("claims", "2024-12-04"))["id"];
        await RankAsync(claim, "deprecated");
        await _case.LoadAsync(Pledge("preferred"));
        var decision = Assert.Single((await _case.GetAsync($"/v1/review/decisions?a={claim}")).GetProperty("items").EnumerateArray());
        Assert.NotEqual(JsonValueKind.Null, decision.GetProperty("undone_at").ValueKind);
        Assert.Equal("preferred", Assert.Single(await _case.FactsAsync("claims", "2024-12-04"))["rank"]);
    }

    [Fact]
    public async Task A_rank_is_that_of_one_claim_that_counts()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 5 }, new { kind = "pledge", stated_on = "2024-03-01", quantity = 6 });
        var claims = (await _case.FactsAsync("claims", "2024-12-04")).Select(c => c["id"]).ToList();
        Assert.Equal(["/rank required"], await WrongAsync($$"""{"decision":"rank","a":{{claims[0]}},"reason":"why"}"""));
        Assert.Equal(["/b invalid_value", "/rank invalid_word"],
            await WrongAsync($$"""{"decision":"rank","a":{{claims[0]}},"b":{{claims[1]}},"rank":"best","reason":"why"}"""));
        Assert.Equal(["/rank invalid_value"],
            await WrongAsync($$"""{"decision":"split","a":{{claims[0]}},"b":{{claims[1]}},"rank":"normal","reason":"why"}"""));
        Assert.Equal(["/a unknown_key"], await WrongAsync("""{"decision":"rank","a":99999999,"rank":"normal","reason":"why"}"""));
        await SendAsync(HttpMethod.Delete, $"/v1/claims/{claims[1]}", "\"1\"", null);
        Assert.Equal(["/a invalid_value"], await WrongAsync($$"""{"decision":"rank","a":{{claims[1]}},"rank":"preferred","reason":"why"}"""));

        async Task<IEnumerable<string>> WrongAsync(string body)
        {
            var answer = await service.Admin.PostAsync("/v1/review/decisions", Case.Json(body, "application/json"), Cancel);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return (await Case.ReadAsync(answer)).GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer")} {e.GetProperty("code")}")
                .Order().ToList();
        }
    }

    [Fact]
    public async Task An_editors_rank_stays_whatever_is_loaded_again_unless_another_is_given()
    {
        object Pledge(int number, string? rank = null) =>
            new { article = "ranked", external_id = "1", kind = "pledge", stated_on = "2024-01-01", quantity = number, rank };
        await _case.LoadAsync(Pledge(5));
        var claim = Assert.Single(await _case.FactsAsync("claims", "2024-12-04"));
        await RankAsync(claim["id"], "deprecated");

        Assert.Equal("1 unchanged, deprecated", await AgainAsync(Pledge(5)));
        var exported = await service.Admin.GetStringAsync($"/v1/claims?format=csv&recipient={_case.RecipientInUrl}", Cancel);
        var answer = await service.Admin.PostAsync("/v1/imports", Case.Json(exported, "text/csv"), Cancel);
        Assert.Equal(1, (await Case.ReadAsync(answer)).GetProperty("rows_unchanged").GetInt32());
        Assert.Equal("1 updated, deprecated", await AgainAsync(Pledge(6)));
        Assert.Equal("1 unchanged, deprecated", await AgainAsync(Pledge(6)));
        Assert.Equal("1 unchanged, deprecated", await AgainAsync(Pledge(6, "deprecated")));
        Assert.Equal("1 updated, preferred", await AgainAsync(Pledge(6, "preferred")));

        async Task<string> AgainAsync(object claim)
        {
            var report = await _case.LoadAsync(claim);
            var counts = new[] { "created", "updated", "unchanged" }.Select(n => $"{report.GetProperty("rows_" + n)} {n}").Single(c => !c.StartsWith('0'));
            return $"{counts}, {Assert.Single(await _case.FactsAsync("claims", "2024-12-04"))["rank"]}";
        }
    }

    [Fact]
    public async Task A_retracted_article_stops_counting_and_an_earlier_known_at_still_shows_it()
    {
        await _case.LoadAsync(new { article = "wrong", kind = "delivery", delivery = "only", happened_on = "2024-10-03", quantity = 1 });
        await _case.LoadAsync(
            new { article = "wrong", kind = "delivery", delivery = "both", happened_on = "2024-11-03", quantity = 2 },
            new { article = "right", kind = "delivery", delivery = "both", happened_on = "2024-11-03", quantity = 2 });
        var claim = (await _case.FactsAsync("claims", "2024-12-04")).First(c => c["article_publisher"] == "wrong");
        var before = (await _case.GetAsync($"/v1/claims/{claim["id"]}")).GetProperty("recorded_at").GetDateTimeOffset().AddDays(1);
        service.Clock!.Advance(TimeSpan.FromDays(2));

        var answer = await SendAsync(HttpMethod.Patch, $"/v1/articles/{claim["article_id"]}", "\"1\"", """{"status":"retracted"}""");

        Assert.Equal("retracted", answer.GetProperty("status").GetString());
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-12-04"))["delivered"]);
        Assert.Equal("[3, 3]", (await _case.RowAsync("2024-12-04", $"&known_at={before:yyyy-MM-ddTHH:mm:ssZ}"))["delivered"]);
    }

    [Fact]
    public async Task A_running_total_and_a_delivery_cannot_be_one_and_it_is_said()
    {
        await _case.LoadAsync(
            new { kind = "delivery", happened_on = "2024-10-03", quantity = 1 },
            new { kind = "delivery", happened_on = "2024-10-03", quantity = 4, quantity_basis = "cumulative" });
        var claims = await _case.FactsAsync("claims", "2024-12-31", "&sort=id");
        using var answer = await service.Admin.PostAsync("/v1/review/decisions",
            Case.Json($$"""{"decision":"merge","a":{{claims[0]["id"]}},"b":{{claims[1]["id"]}},"reason":"the same"}""", "application/json"), Cancel);
        var problem = await Case.ReadAsync(answer);
        Assert.Equal((HttpStatusCode)422, answer.StatusCode);
        Assert.Equal("is a cumulative total, a is a delivery: they cannot be one",
            Assert.Single(problem.GetProperty("errors").EnumerateArray()).GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_pair_in_the_review_queue_is_settled_by_one_call_and_the_merged_id_answers_308()
    {
        object Delivery() => new
        {
            article = "twice", kind = "delivery", happened_on = "2024-10-03", donors = new[] { "ROU" }, items = new[] { "patriot" },
            quantity = 1, quote = "one came"
        };
        await _case.LoadAsync(Delivery(), Delivery());
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-12-04"))["delivered"]);
        var facts = (await _case.FactsAsync("deliveries", "2024-12-04")).Select(d => d["id"]).Order().ToList();
        var pair = (await _case.GetAsync("/v1/review?limit=5000")).GetProperty("items").EnumerateArray()
            .Single(p => facts.Contains(p.GetProperty("a").ToString()) && facts.Contains(p.GetProperty("b").ToString()));
        Assert.Equal("near_miss", pair.GetProperty("reason").GetString());
        Assert.Equal("the same donors, recipient and unit, and close otherwise", pair.GetProperty("why").GetString());
        foreach (var side in new[] { "a", "b" })
        {
            Assert.StartsWith("ROU gives ", pair.GetProperty(side + "_text").GetString());
            Assert.EndsWith(" 1 system of patriot, 3 October 2024", pair.GetProperty(side + "_text").GetString());
            Assert.Equal("one came", Assert.Single(pair.GetProperty(side + "_claims").EnumerateArray()).GetProperty("quote").GetString());
        }

        var decision = await SendAsync(HttpMethod.Post, "/v1/review/decisions", null,
            JsonSerializer.Serialize(new
            {
                decision = "merge", a = pair.GetProperty("a").GetInt64(), b = pair.GetProperty("b").GetInt64(),
                decided_by = "an editor", reason = "one system"
            }));
        Assert.Equal("[1, 1]", (await _case.RowAsync("2024-12-04"))["delivered"]);
        var stayed = Assert.Single(await _case.FactsAsync("deliveries", "2024-12-04"))["id"];
        var moved = await service.CreateClient(new() { AllowAutoRedirect = false })
            .GetAsync($"/v1/deliveries/{facts.Single(f => f != stayed)}?as_of=2024-12-04", Cancel);
        Assert.Equal(HttpStatusCode.PermanentRedirect, moved.StatusCode);
        Assert.Equal($"/v1/deliveries/{stayed}?as_of=2024-12-04", moved.Headers.Location?.ToString());

        var path = $"/v1/review/decisions/{decision.GetProperty("id")}";
        Assert.Equal(HttpStatusCode.PreconditionRequired, (await service.Admin.DeleteAsync(path, Cancel)).StatusCode);
        Assert.Equal("[1, 1]", (await _case.RowAsync("2024-12-04"))["delivered"]);
        await SendAsync(HttpMethod.Delete, path, "\"1\"", null);
        Assert.Equal("[2, 2]", (await _case.RowAsync("2024-12-04"))["delivered"]);
        using var again = new HttpRequestMessage(HttpMethod.Delete, path);
        again.Headers.IfMatch.ParseAdd("\"1\"");
        var late = await service.Admin.SendAsync(again, Cancel);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "\"2-"), (late.StatusCode, late.Headers.ETag?.ToString()[..3]));
    }

    [Fact]
    public async Task A_decision_refuses_a_subject_that_does_not_suit_it()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 5 });
        var (pledge, delivery) = (Assert.Single(await _case.FactsAsync("commitments", "2024-12-04"))["id"],
            Assert.Single(await _case.FactsAsync("deliveries", "2024-12-04"))["id"]);
        Assert.Equal(["/b"], await WrongAsync("merge", pledge, delivery));
        Assert.Equal(["/b"], await WrongAsync("split", pledge, delivery));
        Assert.Equal(["/a", "/b"], await WrongAsync("link", pledge, delivery));
        Assert.Equal(["/a", "/b"], await WrongAsync("unlink", pledge, delivery));
        Assert.Equal("[5, 5]", (await _case.RowAsync("2024-12-04"))["credited"]);

        async Task<IEnumerable<string?>> WrongAsync(string decision, string a, string b)
        {
            var answer = await service.Admin.PostAsync("/v1/review/decisions",
                Case.Json($$"""{"decision":"{{decision}}","a":{{a}},"b":{{b}},"reason":"why"}""", "application/json"), Cancel);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return (await Case.ReadAsync(answer)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).Order().ToList();
        }
    }

    [Fact]
    public async Task One_call_separates_links_or_unlinks_a_pair_and_each_can_be_undone()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5 },
            new { kind = "pledge", stated_on = "2024-01-20", quantity = 5 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 5, donors = new[] { "ROU" } });
        Assert.Equal("2", (await _case.RowAsync("2024-12-04"))["possible_overlap"]);
        var pledges = (await _case.FactsAsync("commitments", "2024-12-04")).Select(c => long.Parse(c["id"])).Order().ToList();
        var delivery = long.Parse(Assert.Single(await _case.FactsAsync("deliveries", "2024-12-04"))["id"]);
        async Task<string> DecideAsync(string what, long a, long b) =>
            (await SendAsync(HttpMethod.Post, "/v1/review/decisions", null,
                JsonSerializer.Serialize(new { decision = what, a, b, decided_by = "an editor", reason = "the source says so" }))).GetProperty("id").ToString();

        var apart = await DecideAsync("split", pledges[1], pledges[0]);
        Assert.Equal("0", (await _case.RowAsync("2024-12-04"))["possible_overlap"]);
        var link = await DecideAsync("link", delivery, pledges[1]);
        Assert.Equal("[5, 5]", (await _case.RowAsync("2024-12-04", "&links=explicit"))["credited"]);
        var unlink = await DecideAsync("unlink", delivery, pledges[1]);
        Assert.Equal("[0, 0]", (await _case.RowAsync("2024-12-04"))["credited"]);

        foreach (var decision in new[] { unlink, link, apart }) await SendAsync(HttpMethod.Delete, $"/v1/review/decisions/{decision}", "\"1\"", null);
        var row = await _case.RowAsync("2024-12-04");
        Assert.Equal("[0, 0] 2", $"{row["credited"]} {row["possible_overlap"]}");
        var made = (await _case.GetAsync("/v1/review/decisions?limit=5000")).GetProperty("items").EnumerateArray()
            .Single(d => d.GetProperty("id").ToString() == link);
        Assert.Equal("an editor", made.GetProperty("decided_by").GetString());
        Assert.Equal("the source says so", made.GetProperty("reason").GetString());
        Assert.NotEqual(JsonValueKind.Null, made.GetProperty("undone_at").ValueKind);
    }

    [Fact]
    public async Task A_decision_is_found_at_its_location_even_after_it_is_undone()
    {
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 5 }, new { kind = "pledge", stated_on = "2024-01-20", quantity = 5 });
        var pledges = (await _case.FactsAsync("commitments", "2024-12-04")).Select(c => c["id"]).ToList();
        var made = await service.Admin.PostAsync("/v1/review/decisions",
            Case.Json($$"""{"decision":"split","a":{{pledges[0]}},"b":{{pledges[1]}},"reason":"why"}""", "application/json"), Cancel);
        var place = made.Headers.Location!;
        var found = await service.Anonymous.GetAsync(place, Cancel);
        Assert.StartsWith("\"1-", found.Headers.ETag?.ToString());
        Assert.Equal(made.Headers.ETag, found.Headers.ETag);
        Assert.Equal(await made.Content.ReadAsStringAsync(Cancel), await found.Content.ReadAsStringAsync(Cancel));

        var undone = await SendAsync(HttpMethod.Delete, place.ToString(), "\"1\"", null);
        var after = await service.Anonymous.GetAsync(place, Cancel);
        Assert.StartsWith("\"2-", after.Headers.ETag?.ToString());
        Assert.Equal(undone.ToString(), await after.Content.ReadAsStringAsync(Cancel));
    }

    async Task<string> RankAsync(string claim, string rank) =>
        (await SendAsync(HttpMethod.Patch, $"/v1/claims/{claim}", "\"1\"", $$"""{"rank":"{{rank}}"}""")).GetProperty("id").ToString();

    async Task<JsonElement> SendAsync(HttpMethod method, string url, string? match, string? body)
    {
        using var request = new HttpRequestMessage(method, url);
        if (match is not null) request.Headers.IfMatch.ParseAdd(match);
        if (body is not null) request.Content = Case.Json(body, "application/json");
        var answer = await service.Admin.SendAsync(request, Cancel);
        var read = await Case.ReadAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, $"{method} {url}: {read}");
        return read;
    }
}
