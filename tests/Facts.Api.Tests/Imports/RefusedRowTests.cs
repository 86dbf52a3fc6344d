using System.Net;
using Facts.Api.Tests.Balances;

namespace Facts.Api.Tests.Imports;

/// <summary>What a load says of a row it refuses.</summary>
public sealed class RefusedRowTests(CaseService service) : IClassFixture<CaseService>
{
    [Fact]
    public async Task All_that_is_wrong_with_a_row_is_said_at_once_its_unknown_names_too()
    {
        const string row = """
            {"article_url":"https://example.org/x","kind":"pledge","donors":["Germny"],"recipient":"UKR","items":["iris-t"],"quantity_low":5,"quantity_high":2,"due_on":"2024-13"}
            """;
        var answer = await service.Admin.PostAsync("/v1/imports?create_missing=false", Case.Json(row, "application/x-ndjson"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var errors = (await Case.ReadAsync(answer)).GetProperty("errors").EnumerateArray()
            .Select(e => $"{e.GetProperty("row")} {e.GetProperty("pointer")} {e.GetProperty("code")} {e.GetProperty("suggestion")}".TrimEnd()).Order();
        Assert.Equal(["1 /donors/0 unknown_party Germany", "1 /due_on invalid_date", "1 /quantity_low invalid_quantity"], errors);
    }
}
