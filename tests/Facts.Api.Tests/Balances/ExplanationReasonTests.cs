using System.Text.Json;

namespace Facts.Api.Tests.Balances;

/// <summary>The reasons in an explanation: the rules that applied, and the facts and claims left out of the row's numbers.</summary>
public sealed class ExplanationReasonTests(CaseService service) : IClassFixture<CaseService>
{
    readonly Case _case = new(service.Admin);

    async Task<JsonElement> ExplainAsync(string asOf, string more = "") => await _case.GetAsync((await _case.RowAsync(asOf, more))["explain"]);

    static IEnumerable<string> LeftOut(JsonElement explanation) =>
        explanation.GetProperty("left_out").EnumerateArray().Select(l => $"{l.GetProperty("kind").GetString()} {l.GetProperty("reason").GetString()}");

    static IEnumerable<string> Rules(JsonElement explanation, string kind) => explanation.GetProperty("reasons").EnumerateArray()
        .Where(f => f.GetProperty("kind").GetString() == kind).SelectMany(f => f.GetProperty("reasons").EnumerateArray())
        .Select(r => r.GetProperty("rule").GetString()!);

    [Fact]
    public async Task An_explanation_says_why_claims_are_one_fact_and_why_a_number_won()
    {
        await _case.LoadAsync([.. new[] { 5, 5, 5, 7 }.Select(n => new { kind = "pledge", stated_on = "2024-01-01", quantity = n, commitment = "c" })]);
        var explanation = await ExplainAsync("2024-03-01");
        Assert.Equal(["key", "most_publishers", "conflict"], Rules(explanation, "commitment"));
        Assert.Contains("the number is 5: most independent publishers say so; claims say 5 to 7", explanation.GetProperty("reasons").ToString());
    }

    [Theory]
    [InlineData("2024-01-01", 5, "2024-01-03", 7, "latest")]
    [InlineData("2024-01-01", 5, "2024-01-01", 7, "smaller")]
    public async Task An_explanation_says_that_the_later_or_the_smaller_number_won(string on, int number, string then, int other, string rule)
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = on, quantity = number, commitment = "c" },
            new { kind = "pledge", stated_on = then, quantity = other, commitment = "c" });
        Assert.Contains(rule, Rules(await ExplainAsync("2024-03-01"), "commitment"));
    }

    /// <summary>A class is pledged, a model comes: the number of one row rests on a fact of the other.</summary>
    [Fact]
    public async Task An_explanation_shows_the_other_row_that_a_number_depends_on()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 3, items = new[] { "air-defence" }, quote = "three systems" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 1, quote = "one is here" });
        var rows = await _case.RowsAsync("2024-03-01", "&group_by=item");
        var (pledged, delivered) = (await _case.GetAsync(rows.Single(r => r["item"] == "air-defence")["explain"]),
            await _case.GetAsync(rows.Single(r => r["item"] == "iris-t")["explain"]));
        Assert.Equal("one is here", Assert.Single(pledged.GetProperty("related").GetProperty("claims").EnumerateArray()).GetProperty("quote").GetString());
        Assert.Equal(pledged.GetProperty("links")[0].GetProperty("delivery_id").GetInt64(),
            pledged.GetProperty("related").GetProperty("deliveries")[0].GetProperty("id").GetInt64());
        Assert.Empty(pledged.GetProperty("related").GetProperty("commitments").EnumerateArray());
        Assert.Equal("three systems", Assert.Single(delivered.GetProperty("related").GetProperty("claims").EnumerateArray()).GetProperty("quote").GetString());
        Assert.Equal(JsonValueKind.Null, (await ExplainAsync("2024-03-01")).GetProperty("related").ValueKind);
        Assert.Equal("from 1 credited of 3 committed: least of most, and most of least, at most 1", pledged.GetProperty("fulfilment_rate").GetString());
    }

    [Fact]
    public async Task An_explanation_says_which_supply_reduces_a_need_and_who_gives_it()
    {
        await _case.LoadAsync(
            new { kind = "request", stated_on = "2024-01-01", quantity = 20, items = new[] { "air-defence" } },
            new { kind = "pledge", stated_on = "2023-12-01", quantity = 50 },
            new { kind = "pledge", stated_on = "2024-01-10", quantity = 10, donors = new[] { "ROU" }, quote = "ten" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 3, donors = new[] { "FRA" }, quote = "three came" });
        var row = (await _case.RowsAsync("2024-03-01", "&group_by=donor")).Single(r => r["donor"] == "");
        var explanation = await _case.GetAsync(row["explain"]);
        var term = explanation.GetProperty("arithmetic").EnumerateArray()
            .Single(a => a.GetProperty("measure").GetString() == "unmet_need").GetProperty("terms")[0];
        Assert.Equal("20 asked for, less 13 that was committed or came unpledged since", term.GetProperty("how").GetString());
        Assert.Equal(["ten", "three came"],
            explanation.GetProperty("related").GetProperty("claims").EnumerateArray()
                .Select(c => c.GetProperty("quote").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_delivery_without_a_number_that_names_its_commitment_is_not_left_out()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 10, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", commitment = "c" });
        Assert.Empty(LeftOut(await ExplainAsync("2024-03-01")));
    }

    [Fact]
    public async Task An_explanation_says_that_a_delivery_names_a_missing_commitment()
    {
        await _case.LoadAsync(new { kind = "delivery", happened_on = "2024-02-01", quantity = 3, commitment = "nobody's" });
        var explanation = await ExplainAsync("2024-03-01");
        Assert.Contains("of which no pledge was stated in system by the day",
            explanation.GetProperty("arithmetic").EnumerateArray().Single(a => a.GetProperty("measure").GetString() == "unpledged").GetProperty("terms")[0]
            .GetProperty("how").GetString());
    }

    [Fact]
    public async Task An_explanation_says_why_a_delivery_was_linked_to_a_commitment()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 3, items = new[] { "air-defence" }, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 1, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-03-01", quantity = 1 });
        var links = (await ExplainAsync("2024-04-01")).GetProperty("links").EnumerateArray().OrderBy(l => l.GetProperty("delivery_id").GetInt64()).ToList();
        Assert.Equal(["named", "automatic"], links.Select(l => l.GetProperty("rule").GetString()));
        Assert.EndsWith("iris-t is 1 step below air-defence", links[1].GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_explanation_shows_the_arithmetic_of_a_number()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity_low = 4, quantity_high = 6, due_on = "2024-02-28", commitment = "c" },
            new { kind = "amendment", stated_on = "2024-01-15", quantity = 2, commitment = "c" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 1, commitment = "c" });
        var how = (await ExplainAsync("2024-04-01")).GetProperty("arithmetic").EnumerateArray()
            .SelectMany(a => a.GetProperty("terms").EnumerateArray(),
                (a, t) => $"{a.GetProperty("measure").GetString()}: {t.GetProperty("how").GetString()}").ToList();
        Assert.Contains("committed: 4 to 6 at first, then amended or cancelled", how);
        Assert.Contains("outstanding: 6 to 8 committed, less 1 delivered to it", how);
        Assert.Contains("overdue: 5 to 7 outstanding, due 28 February 2024", how);
        Assert.Contains("delivered: ", how);
    }

    [Fact]
    public async Task An_explanation_names_commitments_that_add_nothing_to_some_number()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity_qualifier = "unspecified", commitment = "some" },
            new { kind = "pledge", stated_on = "2023-06-01", quantity = 2, commitment = "if", condition = "if parliament agrees", due_on = "2024-02" },
            new { kind = "pledge", stated_on = "2023-01-01", quantity = 3, firmness = "intent" },
            new { kind = "assessment", stated_on = "2024-02-01", commitment = "if", assessment = "denial" });
        Assert.Equal(["commitment conditional", "commitment disputed", "commitment intent", "commitment unspecified"],
            LeftOut(await ExplainAsync("2024-04-01")).Order());
    }

    [Fact]
    public async Task An_explanation_names_dispatched_rejected_and_explained_deliveries()
    {
        await _case.LoadAsync(
            new { kind = "delivery", happened_on = "2024-01-01", quantity = 5 },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 2, stage = "dispatched" },
            new { kind = "delivery", happened_on = "2024-03-01", quantity = 1, stage = "rejected" },
            new { kind = "delivery", happened_on = "2024-03-20", quantity = 5, quantity_basis = "cumulative" });
        Assert.Equal(["delivery below_stage", "delivery explained", "delivery rejected"], LeftOut(await ExplainAsync("2024-04-01")).Order());
    }

    [Fact]
    public async Task An_explanation_names_claims_and_commitments_of_a_later_day()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 5, commitment = "c" },
            new { kind = "amendment", stated_on = "2024-06-01", quantity = 5, commitment = "c", quote = "five more" },
            new { kind = "pledge", stated_on = "2024-09-01", quantity = 7 },
            new { kind = "pledge", stated_on = "2024-09-01", quantity = 7, donors = new[] { "ROU" } });
        var explanation = await ExplainAsync("2024-04-01", "&group_by=donor");
        Assert.Equal(["claim later", "commitment later"], LeftOut(explanation).Order());
        var claim = explanation.GetProperty("left_out").EnumerateArray().Single(l => l.GetProperty("kind").GetString() == "claim");
        Assert.Equal("five more", claim.GetProperty("claim").GetProperty("quote").GetString());
        Assert.Equal("stated 1 June 2024, not by 1 April 2024", claim.GetProperty("text").GetString());
    }

    [Fact]
    public async Task An_explanation_names_a_remainder_that_fits_several_commitments()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2023-01-01", quantity = 2, article = "list" },
            new { kind = "pledge", stated_on = "2023-06-01", quantity = 2, article = "list" },
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 2, quantity_basis = "remaining" });
        Assert.Equal(["claim undecided"], LeftOut(await ExplainAsync("2024-04-01")));
    }

    [Fact]
    public async Task An_explanation_names_claims_that_do_not_count()
    {
        await _case.LoadAsync(
            new { kind = "pledge", stated_on = "2024-01-01", quantity = 2, commitment = "c", article = "stays", external_id = "1" },
            new { kind = "amendment", stated_on = "2024-02-01", quantity = 9, commitment = "c", article = "stays", external_id = "withdrawn" },
            new { kind = "pledge", stated_on = "2024-02-01", quantity = 9, article = "stays", external_id = "deprecated" },
            new { kind = "delivery", happened_on = "2024-02-01", quantity = 9, article = "retracted" });
        await _case.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 4, commitment = "c", article = "stays", external_id = "1" });
        var claims = await _case.FactsAsync("claims", "2024-12-04");
        async Task Change(string url, HttpMethod method, string? body)
        {
            using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : Case.Json(body, "application/json") };
            request.Headers.IfMatch.ParseAdd("\"1\"");
            var answer = await service.Admin.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        await Change($"/v1/claims/{claims.Single(c => c["external_id"] == "deprecated")["id"]}", HttpMethod.Patch, """{"rank":"deprecated"}""");
        await Change($"/v1/claims/{(await IdAsync("withdrawn"))}", HttpMethod.Delete, null);
        await Change($"/v1/articles/{claims.Single(c => c["kind"] == "delivery")["article_id"]}", HttpMethod.Patch, """{"status":"retracted"}""");

        var explanation = await ExplainAsync("2024-04-01");
        Assert.Equal("[4, 4]", new Row(explanation.GetProperty("row"))["committed"]);
        // A changed rank makes a new edition of the claim.
        Assert.Equal(["claim deprecated", "claim retracted", "claim superseded", "claim superseded", "claim withdrawn"], LeftOut(explanation).Order());

        async Task<string> IdAsync(string name) =>
            (await _case.GetAsync("/v1/claims?limit=5000")).GetProperty("items").EnumerateArray().Last(c => c.GetProperty("external_id").GetString() == name)
                .GetProperty("id").ToString();
    }
}
