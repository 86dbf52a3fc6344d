using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Rows that look wrong are stored with a warning. Today is 2023-01-01.</summary>
public sealed class ImportWarningTests(CaseService service) : IClassFixture<CaseService>
{
    const string Usual = """{"external_id":"1","article_url":"https://example.org/usual","article_published_on":"2022-05-01","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":2,"unit":"system"}""";

    [Theory]
    [InlineData("", "")]
    [InlineData("\"due_on\":\"../2022-04-01\"", "1 due_on the deadline is before the statement")]
    [InlineData("\"stated_on\":\"2022-05-02\"", "1 stated_on was stated after the article was published")]
    [InlineData("\"article_url\":\"https://example.org/later\",\"article_published_on\":\"2023-01-01\"", "")]
    [InlineData("\"article_url\":\"https://example.org/future\",\"article_published_on\":\"2023-01-02\"", "1 stated_on was stated in the future")]
    [InlineData("\"unit\":\"Systems\"", "")]
    [InlineData("\"unit\":\"sytem\"", "1 unit is a unit of its own, which is never added to others; did you mean 'system'?")]
    [InlineData("\"unit\":\"tonne\"", "")]
    [InlineData("\"unit\":\"eur\"", "")]
    public async Task A_row_that_looks_wrong_is_stored_with_a_warning(string members, string warning)
    {
        var row = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Usual)!;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>($"{{{members}}}")!) row[name] = value;
        row["external_id"] = JsonSerializer.SerializeToElement("with " + members);
        Assert.Equal(warning.Length == 0 ? [] : [warning], await LoadAsync(JsonSerializer.Serialize(row)));
    }

    [Fact]
    public async Task Two_spellings_of_a_new_unit_in_one_file_are_told()
    {
        string Claim(int id, string unit) => Usual.Replace("\"1\"", $"\"spelling-{id}\"").Replace("\"system\"", $"\"{unit}\"");
        Assert.Equal(["2 unit is a unit of its own, which is never added to others; did you mean 'doses'?"],
            await LoadAsync(Claim(1, "doses"), Claim(2, "dose"), Claim(3, "doses"), Claim(4, "litre")));
    }

    [Fact]
    public async Task A_delivery_before_its_pledge_is_stored_with_a_warning_in_either_order()
    {
        string Claim(string id, string key, string more) =>
            Usual.Replace("\"1\"", $"\"{key}-{id}\"").Replace("\"pledge\",", more + $",\"commitment\":\"{key}\",");
        var pledge = "\"pledge\",\"stated_on\":\"2022-04-01\"";
        string Delivery(string day) => $"\"delivery\",\"happened_on\":\"{day}\"";
        const string early = "happened_on was delivered before the commitment it names was stated, which was on 2022-04-01";
        const string late = "stated_on was stated after a delivery of it, which was on 2022-03-31 at the latest";

        Assert.Empty(await LoadAsync(Claim("p", "same day", pledge), Claim("d", "same day", Delivery("2022-04-01")),
            Claim("e", "same day", Delivery("2022-03/2022-04"))));
        Assert.Equal(["1 " + early, "2 " + late], await LoadAsync(Claim("d", "one load", Delivery("2022-03-31")), Claim("p", "one load", pledge)));
        await LoadAsync(Claim("p", "pledge first", pledge));
        Assert.Equal(["1 " + early], await LoadAsync(Claim("d", "pledge first", Delivery("2022-03-31"))));
        await LoadAsync(Claim("d", "delivery first", Delivery("2022-03-31")));
        Assert.Equal(["1 " + late], await LoadAsync(Claim("p", "delivery first", pledge)));
        // Another source reported it earlier.
        Assert.Empty(await LoadAsync(Claim("q", "delivery first", "\"pledge\",\"stated_on\":\"2022-03-31\""),
            Claim("r", "delivery first", "\"pledge\",\"stated_on\":\"2022-05-01\"")));
    }

    static string Unkeyed(string id, string recipient, string kind, string day, string items = "iris-t", string more = "") =>
        $$"""{"external_id":"{{id}}","article_url":"https://example.org/{{recipient}}/{{id}}","article_published_on":"2022-12-01","kind":"{{kind}}","donors":["DEU"],"recipient":"{{recipient}}","items":["{{items}}"],"quantity":20,"unit":"system","{{(kind == "delivery" ? "happened_on" : "stated_on")}}":"{{day}}"{{more}}}""";

    [Theory]
    // The recipient; the delivery's day, items and other members; the pledge's day and items; the days of the two warnings, or nothing.
    [InlineData("LVA", "2022-04-10", "iris-t", "", "2022-04-24", "iris-t", "2022-04-10 2022-04-24")]
    [InlineData("LTU", "2022-04-10", "iris-t", "", "2022-05-11", "air-defence", "2022-04-10 2022-05-11")]
    [InlineData("EST", "2022-04-10", "iris-t", "", "2022-05-12", "iris-t", "")]
    [InlineData("FIN", "2022-04-10", "air-defence", "", "2022-04-24", "iris-t", "")]
    [InlineData("SWE", "2022-04-10", "iris-t", "", "2022-04-10", "iris-t", "")]
    [InlineData("NOR", "2022-04-10/2022-04-24", "iris-t", "", "2022-04-24", "iris-t", "")]
    [InlineData("ISL", "2022-04-10", "iris-t", ",\"stage\":\"rejected\"", "2022-04-24", "iris-t", "")]
    [InlineData("IRL", "2022-04-10", "iris-t", ",\"quantity_basis\":\"cumulative\"", "2022-04-24", "iris-t", "")]
    public async Task A_delivery_without_a_key_before_its_pledge_is_stored_with_a_warning_in_either_order(
        string recipient, string delivered, string deliveredItem, string more, string stated, string pledgedItem, string days)
    {
        string[] Warned(string first, string second, bool deliveryFirst) => days.Split(' ') is not [var end, var day] ? []
            : deliveryFirst ? [$"1 {first} {day}", $"2 {second} {end}"] : [$"1 {second} {end}", $"2 {first} {day}"];
        var delivery = Unkeyed("d", recipient, "delivery", delivered, deliveredItem, more);
        var pledge = Unkeyed("p", recipient, "pledge", stated, pledgedItem);
        var both = Warned("happened_on", "stated_on", deliveryFirst: true);
        Assert.Equal(both, Short(await TryAsync(delivery, pledge)));
        Assert.Equal(Warned("happened_on", "stated_on", deliveryFirst: false), Short(await TryAsync(pledge, delivery)));
        await LoadAsync(delivery);
        Assert.Equal(both.Length == 0 ? [] : ["1 stated_on " + both[1].Split(' ')[2]], Short(await LoadAsync(pledge)));
        Assert.Equal(both.Length == 0 ? [] : [both[0]], Short(await LoadAsync(delivery)));

        // Row, column, and the day that the message names.
        static string[] Short(string[] warnings) =>
            [.. warnings.Select(w => string.Join(' ', w.Split(' ')[0], w.Split(' ')[1], System.Text.RegularExpressions.Regex.Match(w, "2022-[0-9-]+").Value))];
    }

    [Fact]
    public async Task A_delivery_that_an_earlier_pledge_may_explain_has_no_warning() => Assert.Empty(await LoadAsync(
        Unkeyed("p", "DNK", "pledge", "2022-04-01"), Unkeyed("d", "DNK", "delivery", "2022-04-10"), Unkeyed("q", "DNK", "pledge", "2022-04-24")));

    [Theory]
    [InlineData("pledge", "\"donors\":[\"POL\"]", "is also the key of a pledge with donors DEU, not POL; claims with one key are about one commitment")]
    [InlineData("pledge", "\"recipient\":\"MDA\"", "is also the key of a pledge with recipient UKR, not MDA; claims with one key are about one commitment")]
    [InlineData("pledge", "\"unit\":\"battery\"", "is also the key of a pledge with unit system, not battery; claims with one key are about one commitment")]
    [InlineData("delivery", "\"donors\":[\"POL\"]", "is also the key of a pledge with donors DEU, not POL; claims with one key are about one commitment")]
    [InlineData("delivery", "\"donors\":[\"DEU\",\"POL\"]", null)]
    [InlineData("amendment", "\"unit\":\"battery\"", "is also the key of a pledge with unit system, not battery; claims with one key are about one commitment")]
    [InlineData("amendment", "\"unit\":\"system\"", null)]
    [InlineData("pledge", "\"quantity\":3", null)]
    public async Task A_key_that_strangers_share_is_stored_with_a_warning(string kind, string member, string? warning)
    {
        var key = "shared " + kind + member;
        string Keyed(string id, string kind, string more)
        {
            var row = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Usual.Replace("\"pledge\"", $"\"{kind}\""))!;
            foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, JsonElement>>($"{{{more}}}")!) row[name] = value;
            row["external_id"] = JsonSerializer.SerializeToElement(key + id);
            row["commitment"] = JsonSerializer.SerializeToElement(key);
            return JsonSerializer.Serialize(row);
        }
        Assert.Empty(await LoadAsync(Keyed("1", "pledge", "")));
        Assert.Equal(warning is null ? [] : ["1 commitment " + warning], await LoadAsync(Keyed("2", kind, member)));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("NA")]
    [InlineData("None")]
    [InlineData("null")]
    [InlineData("-")]
    public async Task A_key_that_looks_like_a_missing_value_is_stored_with_a_warning(string key)
    {
        const string looks = "looks like a missing value, and all claims with this key are about one fact; leave it out if there is no key";
        Assert.Equal(["1 commitment " + looks], await TryAsync(Usual.Replace("\"pledge\",", $"\"pledge\",\"commitment\":\"{key}\",")));
        Assert.Equal(["1 request " + looks], await TryAsync(Usual.Replace("\"pledge\",", $"\"request\",\"request\":\"{key}\",")));
    }

    [Fact]
    public async Task A_single_claim_is_answered_with_its_warnings()
    {
        var claim = Usual.Replace("\"1\"", "\"single\"").Replace("\"pledge\",", "\"pledge\",\"commitment\":\"nan\",\"due_on\":\"2022-04-01\",");
        foreach (var status in new[] { 201, 200 })
        {
            var answer = await service.Admin.PostAsync("/v1/claims", Case.Json(claim, "application/json"), ImportCaller.Cancel);
            var body = await Case.ReadAsync(answer);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Equal(["/due_on invalid_date", "/commitment invalid_value"],
                body.GetProperty("warnings").EnumerateArray().Select(w => $"{w.Word("pointer")} {w.Word("code")}"));
        }
    }

    async Task<string[]> TryAsync(params string[] rows)
    {
        var (status, report) = await service.Admin.LoadAsync(string.Join('\n', rows), "dry_run=true", "application/x-ndjson");
        Assert.True(status == 200, report.ToString());
        return Warnings(report);
    }

    [Fact]
    public async Task Claims_dropped_by_an_edition_without_a_date_are_cancelled_as_of_today_with_a_warning()
    {
        string Row(string id, string day) => $"{id},list,{day},pledge,DEU,POL,iris-t,1,system,2022-02-01\n";
        const string header = "external_id,article_external_id,article_published_on,kind,donors,recipient,items,quantity,unit,stated_on\n";
        await service.Admin.LoadAsync(header + Row("a", "2022-03-01") + Row("b", "2022-03-01"), "missing=cancel");
        var (status, report) = await service.Admin.LoadAsync(header + Row("a", ""), "missing=cancel");
        Assert.Equal((200, 1), (status, report.Number("rows_dropped")));
        Assert.Equal(["the file does not say when this edition of 'list' was published (article_published_on), so what it no longer holds is cancelled as of today"], Warnings(report));
        Assert.Equal("[2, 2]", await CommittedAsync("2022-12-31"));
        Assert.Equal("[1, 1]", await CommittedAsync("2023-01-01"));

        async Task<string> CommittedAsync(string day) =>
            new Row((await new Case(service.Admin).GetAsync($"/v1/balances?recipient=POL&as_of={day}")).GetProperty("items")[0])["committed"].ToString()!;
    }

    async Task<string[]> LoadAsync(params string[] rows)
    {
        var (status, report) = await service.Admin.LoadAsync(string.Join('\n', rows), type: "application/x-ndjson");
        Assert.True(status == 200, report.ToString());
        return Warnings(report);
    }

    static string[] Warnings(JsonElement report) =>
        [.. report.GetProperty("warnings").EnumerateArray().Select(w => $"{w.GetProperty("row")} {w.GetProperty("message")}".Trim())];
}
