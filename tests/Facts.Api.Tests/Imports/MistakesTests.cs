using Facts.Api.Tests.Balances;

namespace Facts.Api.Tests.Imports;

/// <summary>A hundred thousand rows with 37 mistakes.</summary>
public sealed class MistakesTests(CaseService service) : IClassFixture<CaseService>
{
    const int Rows = 100_000;

    const string Header = "external_id,article_url,article_published_on,kind,donors,recipient,items,quantity,unit";

    static string Right(int row) => $"{row},https://example.org/mistakes/{row % 100},2024-12-04,pledge,DEU,UKR,shell,{row % 9 + 1},round";

    // One kind of mistake after another, each far from the last: what is wrong with it, and how it is told.
    static readonly (Func<string, string> Wrong, string Told)[] Mistakes =
    [
        (r => r.Replace(",DEU,", ",Germny,"), "donors unknown_party"),
        (r => r.Replace(",shell,", ",shel,"), "items unknown_item"),
        (r => r.Replace(",pledge,", ",pledges,"), "kind invalid_word"),
        (r => r.Replace("2024-12-04", "2024-13-04"), "article_published_on invalid_date"),
        (r => r.Replace(",round", ",round,more"), " malformed_row"),
        (r => r.Replace(",DEU,", ",,"), "donors required"),
        (r => r.Replace("https:", "ftp:"), "article_url invalid_value"),
        (r => System.Text.RegularExpressions.Regex.Replace(r, @",\d+,round", ",few,round"), "quantity invalid_number"),
        (r => System.Text.RegularExpressions.Regex.Replace(r, @",(\d+),round", ",-$1,round"), "quantity invalid_quantity"),
        (r => System.Text.RegularExpressions.Regex.Replace(r, @"^\d+,(.*/)\d+,", "100,${1}0,").Replace(",round", "7,round"), "external_id duplicate_row"),
    ];

    [Fact]
    public async Task Exactly_the_mistakes_are_told_by_line_and_column()
    {
        var at = Enumerable.Range(0, 37).ToDictionary(k => 1_007 + k * 2_693, k => Mistakes[k % Mistakes.Length]);
        var file = new System.Text.StringBuilder(Header).Append('\n');
        for (var row = 1; row <= Rows; row++) file.Append(at.TryGetValue(row, out var mistake) ? mistake.Wrong(Right(row)) : Right(row)).Append('\n');

        var (status, report) = await service.Admin.LoadAsync(file.ToString(), "");
        Assert.Equal(202, status);
        report = await service.Admin.EndedAsync(report);
        Assert.Equal("100000 read, 0 created, 0 updated, 0 unchanged, 37 failed", report.Counts());
        Assert.Equal(at.OrderBy(a => a.Key).Select(a => $"{a.Key + 1} {a.Value.Told}"), report.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")}").Distinct());
    }
}
