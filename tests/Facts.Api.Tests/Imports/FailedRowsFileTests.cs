using Facts.Api.Tests.Http.Exports;

namespace Facts.Api.Tests.Imports;

/// <summary>The failed rows of an import as a file, to be opened in a spreadsheet, corrected and sent again.</summary>
public sealed class FailedRowsFileTests(CaseService service) : IClassFixture<CaseService>
{
    const string Header = "external_id,article_url,kind,donors,recipient,items,quantity,stated_on,note";

    HttpClient Api => service.Admin;

    static string Row(string id, string donor = "DEU", string quantity = "2", string note = "") =>
        $"{id},https://example.org/mended-rows,pledge,{donor},UKR,iris-t,{quantity},2024,{note}";

    async Task<string> RefusedAsync(string file, string type = "text/csv", string query = "dry_run=true")
    {
        var (status, report) = await Api.LoadAsync(file, query, type);
        Assert.Equal(422, status);
        return report.Word("errors_url");
    }

    async Task<List<List<string>>> MendedAsync(string errors, string more = "") =>
        await Csv.ReadAsync(await Api.GetStringAsync($"{errors}?format=csv{more}", ImportCaller.Cancel));

    [Fact]
    public async Task Every_parameter_has_its_effect_or_is_refused()
    {
        var errors = await RefusedAsync(string.Join('\n', Header, Row("a", "Germny", "few"), Row("b", "Germny"), Row("c", quantity: "many"),
            Row("d", note: "=1+1,more")));
        var all = await MendedAsync(errors);
        Assert.Equal([Header + ",error", "a", "b", "c", "d"], [string.Join(',', all[0]), .. all.Skip(1).Select(r => r[0])]);

        Assert.Equal(["a", "c"], (await MendedAsync(errors, "&code=invalid_number")).Skip(1).Select(r => r[0]));
        Assert.Equal(all[1], (await MendedAsync(errors, "&code=invalid_number"))[1]);
        Assert.Equal(["d"], (await MendedAsync(errors, "&row__gt=4")).Skip(1).Select(r => r[0]));
        Assert.Equal(["a", "b"], (await MendedAsync(errors, "&limit=2")).Skip(1).Select(r => r[0]));
        Assert.Equal(["a", "b", "c", "d"], (await MendedAsync(errors, "&header=false")).Select(r => r[0]));
        Assert.Equal("'=1+1", all[4][8]);
        Assert.Equal("=1+1", (await MendedAsync(errors, "&raw=true"))[4][8]);
        Assert.Equal([0xEF, 0xBB, 0xBF, (byte)'e'], (await Api.GetByteArrayAsync(errors + "?format=csv&bom=true", ImportCaller.Cancel))[..4]);
        Assert.Equal((byte)'e', (await Api.GetByteArrayAsync(errors + "?format=csv", ImportCaller.Cancel))[0]);
        var file = await Api.GetAsync(errors + "?format=csv&download=true&header=false", ImportCaller.Cancel);
        Assert.Equal("text/csv; charset=utf-8; header=absent", file.Content.Headers.ContentType?.ToString());
        Assert.EndsWith("-errors.csv", file.Content.Headers.ContentDisposition?.FileName?.Trim('"'));

        foreach (var (query, code) in new[] { ("sort=-row", "unsupported_format"), ("facet=code", "unsupported_format"),
            ("count=exact", "unsupported_format"), ("rows=1", "unknown_parameter") })
        {
            var answer = await Api.GetAsync($"{errors}?format=csv&{query}", ImportCaller.Cancel);
            Assert.Equal((400, code), ((int)answer.StatusCode, (await Case.ReadAsync(answer)).Word("code")));
        }
        Assert.Equal(["row,code", "5,malformed_row"], (await MendedAsync(errors, "&fields=row,code&sort=-row&limit=1")).Select(r => string.Join(',', r)));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("-5 of them")]
    [InlineData("@sum")]
    [InlineData("'")]
    [InlineData("'=1+1")]
    [InlineData("''+1")]
    [InlineData("\"\"\"quoted\"\", and\nof two lines\"")]
    public async Task A_formula_is_guarded_and_read_back_as_it_was_sent(string note)
    {
        var article = $"https://example.org/{Guid.NewGuid():N}";
        var file = $"{Header}\n{Row("guarded", note: note)}\n{Row("wrong", "Germny", note: note)}\n".Replace("https://example.org/mended-rows", article);
        var (_, report) = await Api.LoadAsync(file, "on_error=skip");
        var mended = await Api.GetStringAsync(report.Word("errors_url") + "?format=csv", ImportCaller.Cancel);
        Assert.DoesNotMatch("^[=+@-]", (await Csv.ReadAsync(mended))[1][8]);
        (var status, report) = await Api.LoadAsync(mended.Replace("Germny", "DEU"));
        Assert.True(status == 200, report.ToString());
        var notes = (await new Case(Api).GetAsync($"/v1/claims?article_url={Uri.EscapeDataString(article)}")).GetProperty("items").EnumerateArray()
            .Select(c => c.Word("note")).ToList();
        Assert.Equal(2, notes.Count);
        Assert.Single(notes.Distinct());
    }

    [Fact]
    public async Task Texts_of_json_are_guarded_too_and_numbers_stay_numbers()
    {
        const string row = """{"external_id":"j","article_url":"https://example.org/mended-rows","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":-2,"stated_on":"2024","note":"-2"}""";
        foreach (var (file, type) in new[] { (row, "application/x-ndjson"), ($"{Header}\n{Row("j", quantity: "-2", note: "-2")}\n", "text/csv") })
        {
            var rows = await MendedAsync(await RefusedAsync(file, type));
            Assert.Equal(("-2", "'-2"), (rows[1][rows[0].IndexOf("quantity")], rows[1][rows[0].IndexOf("note")]));
        }
    }

    [Theory]
    [InlineData("a,b", "a b         |the row has 2 cells, the header 9")]
    [InlineData("a,b,c,d,e,f,g,h,i,more,and more", "a b c d e f g h i|the row has 11 cells, the header 9|more|and more")]
    [InlineData("a,b,c,d,e,f,g,h,i,,", "a b c d e f g h i|the row has 11 cells, the header 9")]
    public async Task The_error_is_in_its_column_whatever_the_number_of_cells(string row, string expected)
    {
        var rows = await MendedAsync(await RefusedAsync($"{Header}\n{row}\n"));
        Assert.Equal("error", rows[0][9]);
        Assert.Equal(string.Join(' ', expected.Split('|')[0].Split(' ').Concat(Enumerable.Repeat("", 9)).Take(9)), string.Join(' ', rows[1].Take(9)));
        Assert.Equal(expected.Split('|')[1..], rows[1].Skip(9));
    }

    [Theory]
    [InlineData("{bad", "application/x-ndjson")]
    [InlineData("""{"article_url":"https://example.org/x","kynd":"a, \"b\""}""", "application/x-ndjson")]
    [InlineData("5", "application/x-ndjson")]
    [InlineData("a,\"closed\" early", "text/csv")]
    [InlineData("a,\"never closed", "text/csv")]
    public async Task A_row_that_cannot_be_split_into_cells_is_quoted_in_its_error(string row, string type)
    {
        var rows = await MendedAsync(await RefusedAsync(type == "text/csv" ? $"{Header}\n{row}\n" : row + "\n", type));
        Assert.EndsWith("; it was sent as: " + row, rows[1][rows[0].IndexOf("error")]);
        // A row that stays uncorrected fails again.
        Assert.Equal(422, (await Api.LoadAsync(
            await Api.GetStringAsync(await RefusedAsync(type == "text/csv" ? $"{Header}\n{row}\n" : row + "\n", type) + "?format=csv",
                ImportCaller.Cancel))).Status);
    }

    [Fact]
    public async Task More_errors_and_warnings_than_are_listed_are_counted()
    {
        var rows = string.Concat(Enumerable.Range(1, 150).Select(i => Row($"{i}", quantity: "-1") + "\n"));
        var (status, report) = await Api.LoadAsync($"{Header}\n{rows}");
        Assert.Equal((422, "150 things are wrong; errors has the first 100."), (status, report.Word("detail")));
        Assert.Equal((100, 150, 0), (report.GetProperty("errors").GetArrayLength(), report.Number("error_count"), report.Number("warning_count")));
        Assert.Equal("-1", report.GetProperty("errors")[0].Word("value"));

        rows = string.Concat(Enumerable.Range(1, 150).Select(i => Row($"{i}", note: "2001-01-01") + "\n"));
        (status, report) = await Api.LoadAsync($"{Header.Replace("note", "due_on")}\n{rows}", "dry_run=true");
        Assert.Equal(200, status);
        // Each row has two warnings: due before it is stated, and stated in the future.
        Assert.Equal((0, 100, 300), (report.Number("error_count"), report.GetProperty("warnings").GetArrayLength(), report.Number("warning_count")));

        var columns = string.Join(',', Enumerable.Range(1, 150).Select(i => $"column{i}"));
        (status, report) = await Api.LoadAsync($"kind,article_url,{columns}\nx\n");
        Assert.Equal((422, "150 things are wrong; errors has the first 100."), (status, report.Word("detail")));
    }
}
