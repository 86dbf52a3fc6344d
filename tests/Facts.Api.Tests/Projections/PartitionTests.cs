namespace Facts.Api.Tests.Projections;

/// <summary>Which claims are looked at together, seen from outside.</summary>
public sealed class PartitionTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_found_by_its_recipient_in_a_partition_that_already_exists()
    {
        await LoadAsync(
            """{"external_id":"1","article_external_id":"n1","kind":"request","recipient":"Askers","items":["iris-t"],"quantity":2,"stated_on":"2022-01-01"}""",
            """{"external_id":"2","article_external_id":"n1","kind":"pledge","donors":["DEU"],"recipient":"Givens","items":["iris-t"],"quantity":2,"stated_on":"2022-01-01"}""");
        await LoadAsync("""{"external_id":"1","article_external_id":"n2","kind":"request","recipient":"Givens","items":["iris-t"],"quantity":5,"stated_on":"2022-02-01"}""");

        var api = new Case(service.Anonymous);
        foreach (var day in new[] { "2022-12-31", "2023-01-01" })
        {
            var rows = (await api.GetAsync($"/v1/balances?recipient=Givens&as_of={day}")).GetProperty("items").EnumerateArray().Select(r => new Row(r));
            Assert.Equal("[5, 5] 1", string.Join(';', rows.Select(r => $"{r["requested"]} {r["requests"]}")));
        }
        Assert.Empty(await service.DifferencesAsync());
    }

    /// <summary>One claim has the donor, another the recipient: together they concern a partition that neither is in.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_resolved_from_several_claims_is_linked_to_its_pledge(bool isPledgeFirst)
    {
        var (name, taker) = ($"n{isPledgeFirst}", $"Taker {isPledgeFirst}");
        string[] pledge = [$$"""{"external_id":"1","article_external_id":"{{name}} a","kind":"pledge","donors":["DEU"],"recipient":"{{taker}}","items":["iris-t"],"quantity":3,"stated_on":"2022-01-01"}"""];
        string[] delivery =
        [
            $$"""{"external_id":"2","article_external_id":"{{name}} b","article_publisher":"A","kind":"delivery","delivery":"{{name}}","donors":["DEU"],"recipient":"Zero {{taker}}","items":["iris-t"],"quantity":2,"happened_on":"2022-02-01"}""",
            $$"""{"external_id":"3","article_external_id":"{{name}} c","article_publisher":"B","kind":"delivery","delivery":"{{name}}","donors":["DEU","NLD"],"recipient":"{{taker}}","items":["iris-t"],"quantity":2,"happened_on":"2022-02-01"}""",
        ];
        if (isPledgeFirst) await LoadAsync(pledge);
        await LoadAsync(delivery);
        if (!isPledgeFirst) await LoadAsync(pledge);

        var row = new Row((await new Case(service.Anonymous).GetAsync($"/v1/balances?recipient={taker}&donor=DEU&group_by=donor")).GetProperty("items")
            .EnumerateArray().Single());
        Assert.Equal("DEU [3, 3] [2, 2] [1, 1]", $"{row["donor"]} {row["committed"]} {row["credited"]} {row["outstanding"]}");
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task A_claim_about_one_item_tree_recomputes_no_other_tree_of_its_donors()
    {
        string Line(string id, string item) =>
            $$"""{"external_id":"{{id}}","article_external_id":"trees {{id}}","kind":"pledge","donors":["NOR"],"recipient":"LTU","items":["{{item}}"],"quantity":2,"unit":"vehicle","stated_on":"2022-01-01"}""";
        Task<long> WritesAsync(string tree) => service.ScalarAsync($"select writes from partitions where partition = 's:NOR>LTU/{tree}#vehicle'");
        await LoadAsync(Line("1", "tank"), Line("2", "iris-t"));
        var (tanks, defence) = (await WritesAsync("tank"), await WritesAsync("air-defence"));
        await LoadAsync(Line("3", "tank"));
        Assert.NotEqual(tanks, await WritesAsync("tank"));
        Assert.Equal(defence, await WritesAsync("air-defence"));
    }

    /// <summary>Each by itself is another partition than the set of both.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delivery_of_one_item_tree_fulfils_a_pledge_of_any_of_several_trees(bool isPledgeFirst)
    {
        var taker = $"Any {isPledgeFirst}";
        string Line(string id, string kind, string items, int quantity) =>
            $$"""{"external_id":"{{id}}","article_external_id":"{{taker}} {{id}}","kind":"{{kind}}","donors":["NOR"],"recipient":"{{taker}}","items":{{items}},"quantity":{{quantity}},"unit":"vehicle","stated_on":"2022-01-01"}""";
        var pledge = Line("1", "pledge", """["tank","hawk"]""", 5);
        if (isPledgeFirst) await LoadAsync(pledge);
        await LoadAsync(Line("2", "delivery", """["tank"]""", 2));
        await LoadAsync(Line("3", "delivery", """["hawk"]""", 1));
        if (!isPledgeFirst) await LoadAsync(pledge);

        Assert.Equal("hawk|tank [5, 5] [2, 2];hawk [0, 0] [0, 0];tank [0, 0] [0, 0]", await RowsAsync(taker));
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task Claims_about_a_moved_item_are_linked_under_its_new_parent()
    {
        string Line(string id, string kind, string item, int quantity) =>
            $$"""{"external_id":"{{id}}","article_external_id":"moving {{id}}","kind":"{{kind}}","donors":["NOR"],"recipient":"Mover","items":["{{item}}"],"quantity":{{quantity}},"unit":"vehicle","stated_on":"2022-01-01"}""";
        await service.Admin.PostAsync("/v1/items", Case.Json("""{"code":"mover","name":"Mover","unit":"vehicle"}""", "application/json"), Cancel);
        await LoadAsync(Line("1", "pledge", "armour", 5), Line("2", "delivery", "mover", 2));
        Assert.Equal("armour [5, 5] [5, 5];mover [0, 0] [0, 0]", await RowsAsync("Mover"));

        await MoveAsync("\"armour\"");
        Assert.Equal("armour [5, 5] [3, 3];mover [0, 0] [0, 0]", await RowsAsync("Mover"));
        await LoadAsync(Line("3", "delivery", "mover", 1));
        Assert.Equal("armour [5, 5] [2, 2];mover [0, 0] [0, 0]", await RowsAsync("Mover"));
        await MoveAsync("null");
        Assert.Equal("armour [5, 5] [5, 5];mover [0, 0] [0, 0]", await RowsAsync("Mover"));
        await LoadAsync(Line("4", "pledge", "mover", 4));
        Assert.Equal("armour [5, 5] [5, 5];mover [4, 4] [1, 1]", await RowsAsync("Mover"));
        Assert.Empty(await service.DifferencesAsync());

        async Task MoveAsync(string parent)
        {
            using var move = new HttpRequestMessage(HttpMethod.Patch,
                "/v1/items/mover")
            { Content = Case.Json($$"""{"parent":{{parent}}}""", "application/json") };
            move.Headers.TryAddWithoutValidation("If-Match", "*");
            using var moved = await service.Admin.SendAsync(move, Cancel);
            Assert.True(moved.IsSuccessStatusCode, (await Case.ReadAsync(moved)).ToString());
        }
    }

    /// <summary>The committed and outstanding intervals, item by item.</summary>
    async Task<string> RowsAsync(string recipient) =>
        string.Join(';', (await new Case(service.Anonymous).GetAsync($"/v1/balances?recipient={recipient}&group_by=item")).GetProperty("items").EnumerateArray()
            .Select(r => new Row(r)).OrderByDescending(r => r["item"]!.ToString()!.Contains('|')).ThenBy(r => r["item"])
            .Select(r => $"{r["item"]} {r["committed"]} {r["outstanding"]}"));

    async Task LoadAsync(params string[] lines)
    {
        using var answer = await service.Admin.PostAsync("/v1/imports?create_missing=true",
            Case.Json(string.Join('\n', lines), "application/x-ndjson"), Cancel);
        Assert.True(answer.IsSuccessStatusCode, (await Case.ReadAsync(answer)).ToString());
    }
}
