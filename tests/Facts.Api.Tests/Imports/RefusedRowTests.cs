using System.Net;

namespace Facts.Api.Tests.Imports;

/// <summary>Errors of refused rows.</summary>
public sealed class RefusedRowTests(CaseService service) : IClassFixture<CaseService>
{
    [Theory]
    [InlineData("\"quantity\":-5", "/quantity -5")]
    [InlineData("\"quantity\":1000000000000001", "/quantity 1000000000000001")]
    [InlineData("\"quantity\":1.23456", "/quantity 1.23456")]
    [InlineData("\"quantity_low\":5,\"quantity_high\":2", "/quantity_low 5")]
    [InlineData("\"quantity_high\":-2", "/quantity_high -2")]
    public async Task An_impossible_quantity_is_refused_with_its_value(string member, string expected)
    {
        var (status, body) = await service.Admin.LoadAsync(
            $"{{\"article_url\":\"https://example.org/x\",\"kind\":\"pledge\",\"donors\":[\"DEU\"],\"recipient\":\"UKR\",\"items\":[\"iris-t\"],{member}}}",
            type: "application/x-ndjson");
        Assert.Equal(422, status);
        Assert.Contains(expected,
            body.GetProperty("errors").EnumerateArray().Where(e => e.Word("code") == "invalid_quantity").Select(e => $"{e.Word("pointer")} {e.Word("value")}"));
    }

    [Fact]
    public async Task An_error_in_a_list_has_a_pointer_to_the_element()
    {
        var (status, body) = await service.Admin.LoadAsync("\n{\"kind\":oops}\n", type: "application/x-ndjson");
        var error = body.GetProperty("errors")[0];
        Assert.Equal((422, 2, "this is not JSON: it goes wrong at position 9 of the row"), (status, error.Number("row"), error.Word("message")));
    }

    [Fact]
    public async Task In_a_json_array_a_pointer_begins_with_the_index_of_the_element()
    {
        const string right = """{"external_id":"1","article_url":"https://example.org/array","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"stated_on":"2024"}""";
        var (status, body) = await service.Admin.LoadAsync(
            $"[\n  {right},\n  {right.Replace("\"1\"", "\"2\"").Replace("DEU", "Germny").Replace("2024", "24")},\n  5\n]", type: "application/json");
        Assert.Equal(422, status);
        Assert.Equal(["2 /1/donors/0 donors", "2 /1/stated_on stated_on", "3 /2 "], body.GetProperty("errors").EnumerateArray()
            .Select(e => $"{e.GetProperty("row")} {e.GetProperty("pointer")} {e.GetProperty("column")}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task All_errors_of_a_row_are_reported_at_once_unknown_names_too()
    {
        const string row = """
            {"article_url":"https://example.org/x","kind":"pledge","donors":["Germny"],"recipient":"UKR","items":["iris-t"],"quantity_low":5,"quantity_high":2,"due_on":"2024-13"}
            """;
        var answer = await service.Admin.PostAsync("/v1/imports?create_missing=false", Case.Json(row, "application/x-ndjson"),
            TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await Case.ReadAsync(answer)).GetProperty("errors").EnumerateArray()
            .Select(e => $"{e.GetProperty("row")} {e.GetProperty("pointer")} {e.GetProperty("code")} {e.GetProperty("suggestion")}".TrimEnd()).Order();
        Assert.Equal(["1 /donors/0 unknown_party Germany", "1 /due_on invalid_date", "1 /quantity_low invalid_quantity"], errors);
    }
}
