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
