using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>A long file with 37 mistakes. <c>FACTS_MISTAKES_ROWS</c> is the number of its rows: 5,000, or 20,000 where a pipeline has the time.</summary>
public sealed class FileWithMistakesTests(CaseService service) : IClassFixture<CaseService>
{
    static readonly int Rows = int.TryParse(Environment.GetEnvironmentVariable("FACTS_MISTAKES_ROWS"), out var n) ? n : 5_000;

    static string Right(int row) => ImportCaller.Pledge("mistakes", row);

    // One kind of mistake after another, far apart in the file: the mistake, and its error.
    static readonly (Func<string, string> Wrong, string Error)[] Mistakes =
    [
        (r => r.Replace(",DEU,", ",Germny,"), "donors unknown_party"),
        (r => r.Replace(",shell,", ",shel,"), "items unknown_item"),
        (r => r.Replace(",pledge,", ",pledges,"), "kind invalid_word"),
        (r => r.Replace("2024-12-04", "2024-13-04"), "article_published_on invalid_date"),
        (r => r + ",more", " malformed_row"),
        (r => r.Replace(",DEU,", ",,"), "donors required"),
        (r => r.Replace("https:", "ftp:"), "article_url invalid_value"),
        (r => System.Text.RegularExpressions.Regex.Replace(r, @",\d+,round", ",few,round"), "quantity invalid_number"),
        (r => System.Text.RegularExpressions.Regex.Replace(r, @",(\d+),round", ",-$1,round"), "quantity invalid_quantity"),
        (r => System.Text.RegularExpressions.Regex.Replace(r, @"^\d+,(.*/)\d+,", "100,${1}0,").Replace(",round", "7,round"), "external_id duplicate_row"),
    ];

    static readonly SortedDictionary<int, (Func<string, string> Wrong, string Error)> At =
        new(Enumerable.Range(0, 37).ToDictionary(k => 7 + Rows / 100 + k * (Rows / 37 - 9), k => Mistakes[k % Mistakes.Length]));

    static string File(Func<int, string> line) => ImportCaller.Header + "\n" + string.Concat(Enumerable.Range(1, Rows).Select(row => line(row) + "\n"));

    static string Sent(int row) => At.TryGetValue(row, out var mistake) ? mistake.Wrong(Right(row)) : Right(row);

    /// <summary>The cells as sent under the header; a surplus cell follows the error.</summary>
    static string WithoutSurplus(int row) => Sent(row).Replace(",more", "");

    HttpClient Api => service.Admin;

    async Task<JsonElement> LoadAsync(string file, string query)
    {
        var (status, report) = await Api.LoadAsync(file, query);
        Assert.Equal(202, status);
        return await Api.EndedAsync(report);
    }

    [Fact]
    public async Task Exactly_the_mistakes_are_reported_and_after_correction_every_row_is_stored_once()
    {
        var whole = await LoadAsync(File(Sent), "");
        Assert.Equal($"{Rows} read, 0 created, 0 updated, 0 unchanged, 37 failed", whole.Counts());
        Assert.Equal(At.Select(a => $"{a.Key + 1} {a.Value.Error}"),
            whole.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")}").Distinct());
        Assert.Equal(0, await CountAsync());

        var right = await LoadAsync(File(Sent), "on_error=skip");
        Assert.Equal($"{Rows} read, {Rows - 37} created, 0 updated, 0 unchanged, 37 failed", right.Counts());
        foreach (var (refused, created) in new[] { (right, 37), (whole, 0) })
        {
            var back = (await Api.GetStringAsync(refused.Word("errors_url") + "?format=csv", ImportCaller.Cancel)).TrimEnd().Split("\r\n");
            Assert.Equal(ImportCaller.Header + ",error", back[0]);
            Assert.Equal(At.Keys.Select(WithoutSurplus), back[1..].Zip(At.Keys, (line, row) => line[..WithoutSurplus(row).Length]));
            // Each mistake is corrected in place. The column `error` may stay.
            var mended = back[1..].Zip(At.Keys, (line, row) => Right(row) + line[WithoutSurplus(row).Length..].Replace(",more", ""));
            var (status, report) = await Api.LoadAsync(string.Join("\r\n", mended.Prepend(back[0])));
            Assert.True(status == 200, report.ToString());
            Assert.Equal($"37 read, {created} created, 0 updated, {37 - created} unchanged, 0 failed", report.Counts());
        }
        Assert.Equal($"{Rows} read, 0 created, 0 updated, {Rows} unchanged, 0 failed", (await LoadAsync(File(Right), "")).Counts());
        Assert.Equal(Rows, await CountAsync());
        Assert.Empty((await new Case(Api).GetAsync("/v1/verification")).GetProperty("differences").EnumerateArray());
    }

    async Task<int> CountAsync() => (await new Case(Api).GetAsync("/v1/claims?count=exact&limit=1")).Number("count");
}
