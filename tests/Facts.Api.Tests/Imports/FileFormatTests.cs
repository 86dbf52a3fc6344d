using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Files that can be imported: CSV, NDJSON and JSON, plain and gzip; and the errors of files that cannot.</summary>
public sealed class FileFormatTests(CaseService service) : IClassFixture<CaseService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    const string Header = "external_id,article_url,article_published_on,kind,donors,recipient,items,quantity,unit,note";

    static string Row(string id, string more = "") => $"{id},https://example.org/files,2024-12-04,pledge,DEU;DNK,UKR,iris-t,2,system,{more}";

    async Task<(int Status, JsonElement Body)> SendAsync(byte[] body, string? type = "text/csv", string? encoding = null,
        string query = "dry_run=true&create_missing=true")
    {
        var content = new ByteArrayContent(body);
        if (type is not null) content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        var answer = await service.Admin.PostAsync("/v1/imports?" + query, content, Cancel);
        return ((int)answer.StatusCode, await Case.ReadAsync(answer));
    }

    Task<(int Status, JsonElement Body)> SendAsync(string body, string? type = "text/csv", string? encoding = null,
        string query = "dry_run=true&create_missing=true") =>
        SendAsync(Encoding.UTF8.GetBytes(body), type, encoding, query);

    static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return packed.ToArray();
    }

    static string Errors(JsonElement body) => string.Join(" | ", body.GetProperty("errors").EnumerateArray().Select(e =>
        $"{e.GetProperty("row")} {e.GetProperty("column")} {e.GetProperty("code")} {e.GetProperty("suggestion")}".Replace("  ", " ").Trim()));

    [Theory]
    [InlineData("\r\n", "", "text/csv")]
    [InlineData("\n", "\uFEFF", "text/csv; charset=utf-8")]
    [InlineData("\n", "", null)]
    [InlineData("\n", "", "application/x-www-form-urlencoded")]
    [InlineData("\r\n\r\n", "", "application/octet-stream")]
    public async Task Csv_is_read_whatever_its_line_ends_and_type(string end, string mark, string? type)
    {
        var (status, report) = await SendAsync(mark + string.Join(end, Header, Row("a"), Row("b", "\"two\r\nlines, and \"\"quotes\"\"\""),
            Row("c")) + end, type);
        Assert.Equal(200, status);
        Assert.Equal(3, report.GetProperty("rows_created").GetInt32());
    }

    [Fact]
    public async Task Cells_become_the_members_of_a_claim()
    {
        const string file = """
            note;donors;kind;recipient;items;quantity_low;quantity_high;unit;article_url;external_id;stated_on;condition_met;quote;error
            '=1+1;"DEU;Denmark";pledge;Ukraine;"hawk; iris-t";1.50;;system;https://example.org/cells;1;2024-12;TRUE;"a ""quote""
            of two lines";what was wrong with it
            """;
        var (status, report) = await SendAsync(file, query: "create_missing=true");
        Assert.True(status == 200, report.ToString());
        var list = await new Case(service.Admin).GetAsync("/v1/claims?article_url=https%3A%2F%2Fexample.org%2Fcells");
        var claim = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal("=1+1", claim.GetProperty("note").GetString());
        Assert.Equal("""["DEU","DNK"]""", claim.GetProperty("donors").GetRawText());
        Assert.Equal("""["hawk","iris-t"]""", claim.GetProperty("items").GetRawText());
        Assert.Equal(1.5m, claim.GetProperty("quantity_low").GetDecimal());
        Assert.Equal("at_least", claim.GetProperty("quantity_qualifier").GetString());
        Assert.True(claim.GetProperty("condition_met").GetBoolean());
        Assert.Equal("a \"quote\"\nof two lines", claim.GetProperty("quote").GetString()!.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Equal_claims_are_stored_equal_from_every_format_and_from_gzip()
    {
        string[] rows =
        [
            """{"external_id":"x","article_url":"https://example.org/formats","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":2,"unit":"system"}""",
            """{"external_id":"y","article_url":"https://example.org/formats","article_published_on":"2024-12-04","kind":"delivery","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":1}""",
        ];
        const string csv = """
            kind,external_id,article_url,donors,recipient,items,quantity,unit,article_published_on
            pledge,x,https://example.org/formats,DEU,UKR,iris-t,2,system,2024-12-04
            delivery,y,https://example.org/formats,DEU,UKR,iris-t,1,,2024-12-04
            """;
        var first = await SendAsync(string.Join('\n', rows), "application/x-ndjson", query: "create_missing=true");
        Assert.Equal((200, 2), (first.Status, first.Body.GetProperty("rows_created").GetInt32()));
        var array = "[" + string.Join(",\n", rows) + "]\n";
        foreach (var (body, type) in new[] { (csv, "text/csv"), (array, "application/json"), (array, null), (string.Join("\r\n", rows), (string?)null) })
            foreach (var (bytes, encoding) in new[] { (Encoding.UTF8.GetBytes(body), (string?)null), (Packed(Encoding.UTF8.GetBytes(body)), "gzip"),
                (Packed(Encoding.UTF8.GetBytes(body)), null) })
            {
                var (status, report) = await SendAsync(bytes, type, encoding, query: "create_missing=true");
                Assert.True(status == 200, report.ToString());
                Assert.Equal(2, report.GetProperty("rows_unchanged").GetInt32());
            }
    }

    [Fact]
    public async Task An_export_can_be_imported_unchanged()
    {
        await SendAsync($"{Header}\n{Row("exported", "'@sum")}", query: "create_missing=true");
        foreach (var (format, type) in new[] { ("csv", "text/csv"), ("ndjson", "application/x-ndjson") })
        {
            var file = await service.Admin.GetStringAsync($"/v1/claims?format={format}&external_id=exported", Cancel);
            var (status, report) = await SendAsync(file, type);
            Assert.True(status == 200, report.ToString());
            Assert.Equal(1, report.GetProperty("rows_unchanged").GetInt32());
        }
    }

    [Theory]
    [InlineData("", "1 empty_file")]
    [InlineData("\n\n", "1 empty_file")]
    [InlineData("external_id,article_url,kind\n", "1 empty_file")]
    [InlineData("external_id,article_url,kind,donr\n", "1 donr unknown_column donors")]
    [InlineData("external_id,article_url,kind,kind\n", "1 kind duplicate_column")]
    [InlineData("external_id,donors\n", "1 kind missing_column | 1 article_url missing_column")]
    [InlineData("external_id,kind;article_url,donors\n", "1 malformed_row")]
    [InlineData("id,external_id,article_url,kind\n", "1 id unknown_column")]
    public async Task A_header_without_sense_is_refused_at_line_1(string file, string errors)
    {
        var (status, body) = await SendAsync(file);
        Assert.Equal(422, status);
        Assert.Equal(errors, Errors(body));
    }

    [Fact]
    public async Task An_unknown_column_is_answered_with_all_columns_once()
    {
        var (_, body) = await SendAsync("external_id,article_url,kind,donr,zzz\n");
        var messages = body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("message").GetString()!).ToList();
        Assert.Equal("there is no column 'donr'; did you mean 'donors'?", messages[0]);
        Assert.StartsWith("there is no column 'zzz'; the columns are ", messages[1]);
        Assert.Contains(", donors, recipient, ", messages[1]);
    }

    [Theory]
    [InlineData("PK\u0003\u0004", "text/csv", "a workbook (XLSX): save its sheet as CSV (UTF-8)")]
    [InlineData("PK\u0003\u0004", null, "a workbook (XLSX): save its sheet as CSV (UTF-8)")]
    [InlineData("PAR1", "text/csv", "Parquet: export the same rows as CSV or NDJSON")]
    [InlineData("PAR1", null, "Parquet: export the same rows as CSV or NDJSON")]
    public async Task A_file_that_is_not_text_is_refused_by_its_name(string begin, string? type, string found)
    {
        var (status, body) = await SendAsync([.. Encoding.ASCII.GetBytes(begin), 20, 0, 8, 8, 8, 0x95, 0], type);
        Assert.Equal((415, "unsupported_media_type"), (status, body.GetProperty("code").GetString()));
        Assert.Contains($"not {found}", body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_file_that_lost_its_separators_is_refused_with_the_reason()
    {
        var (status, body) = await SendAsync($"{Header}\n{Row("a")}\n".Replace(',', '\t'));
        Assert.Equal((422, "1 malformed_row"), (status, Errors(body)));
        Assert.Contains("separated by tabs", body.GetProperty("detail").GetString());
        (status, body) = await SendAsync($"{Header}\n{Row("a")}\n{Row("b")}\n".Replace("\n", ""));
        Assert.Equal((422, "1 malformed_row"), (status, Errors(body)));
        Assert.Contains("--data-binary", body.GetProperty("detail").GetString());
        (status, body) = await SendAsync($"{Header.Replace(',', ';')}\n{Row("a").Replace(";DNK", "")}\n");
        Assert.Equal((422, "2 malformed_row"), (status, Errors(body)));
        Assert.Equal("the row has 1 cells, the header 10; the header is separated by ; and the row looks separated by ,: use one of them",
            body.GetProperty("detail").GetString());
        (status, body) = await SendAsync($"{Header}\n{Row("a").Replace(";DNK", "").Replace(',', ';')}\n");
        Assert.Equal("the row has 1 cells, the header 10; the header is separated by , and the row looks separated by ;: use one of them",
            body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Empty_rows_and_columns_of_a_spreadsheet_are_ignored()
    {
        var (status, report) = await SendAsync($"{Header},,\n{Row("a")},,\n,,,,,,,,,,,\n{Row("b")},,\n,,,,\n");
        Assert.True(status == 200, report.ToString());
        Assert.Equal("2 read, 2 created, 0 updated, 0 unchanged, 0 failed", report.Counts());
        (status, report) = await SendAsync($"{Header}\n,,,,,,,,,\n");
        Assert.Equal((422, "1 empty_file"), (status, Errors(report)));

        (status, report) = await SendAsync($"{Header},\n{Row("a")},x\n", query: "create_missing=true");
        Assert.Equal((422, "2 malformed_row"), (status, Errors(report)));
        Assert.Equal("cell 11 of the row is not empty, and its column has no name in the header", report.GetProperty("detail").GetString());
        var mended = await service.Admin.GetStringAsync(report.Word("errors_url") + "?format=csv", Cancel);
        Assert.Equal($"{Header},error", mended.Split("\r\n")[0]);
        Assert.EndsWith("no name in the header\",x", mended.TrimEnd());
        Assert.Equal(200, (await SendAsync(mended.TrimEnd()[..^2])).Status);
    }

    [Fact]
    public async Task Every_error_names_its_line_and_column()
    {
        var file = string.Join('\n',
            Header,
            Row("a", "\"of two\nlines\""),
            Row("b").Replace(",2,", ",two,"),
            "",
            Row("c") + ",one cell more",
            Row("d", "stray \"quote\""),
            Row("e").Replace("DEU;DNK", "DEU; ;DNK"),
            Row("f").Replace("2024-12-04", "04.12.2024").Replace(",2,", ",\"1,5\","),
            Row("g", "\"closed\" early"),
            Row("h"));
        var (status, body) = await SendAsync(file, query: "on_error=skip&dry_run=true");
        Assert.Equal(207, status);
        Assert.Equal("4 quantity invalid_number | 6 malformed_row | 7 malformed_row | 8 donors blank | 9 article_published_on invalid_date | 9 quantity invalid_number | 10 malformed_row",
            string.Join(" | ", Errors(body).Split(" | ").OrderBy(e => int.Parse(e.Split(' ')[0])).ThenBy(e => e, StringComparer.Ordinal)));
        Assert.Equal((8, 2, 6),
            (body.GetProperty("rows_read").GetInt32(), body.GetProperty("rows_created").GetInt32(), body.GetProperty("rows_failed").GetInt32()));
    }

    [Fact]
    public async Task A_file_that_is_not_utf8_is_refused_with_its_likely_encoding()
    {
        var latin = Encoding.Latin1.GetBytes($"{Header}\n{Row("a")}\n{Row("b", "für")}\n");
        var (status, body) = await SendAsync(latin);
        Assert.Equal((400, "wrong_encoding", 3), (status, body.GetProperty("code").GetString(), body.GetProperty("errors")[0].GetProperty("row").GetInt32()));
        Assert.Contains("looks like Latin-1", body.GetProperty("detail").GetString());
        foreach (var utf16 in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
            foreach (var mark in new[] { utf16.GetPreamble(), [] })
            {
                (status, body) = await SendAsync([.. mark, .. utf16.GetBytes(Header)]);
                Assert.Equal((400, "wrong_encoding"), (status, body.GetProperty("code").GetString()));
                Assert.Contains("looks like UTF-16", body.GetProperty("detail").GetString());
            }
        (status, body) = await SendAsync(Header, "text/csv; charset=windows-1252");
        Assert.Equal((415, "unsupported_media_type"), (status, body.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_character_on_the_edge_of_a_block_is_read_whole()
    {
        // Characters of three bytes, so that a buffer's edge cuts some of them at every position.
        var notes = string.Join('\n', Enumerable.Range(0, 60).Select(i => Row($"€{i}", new string('€', 3_000 + i))));
        var (status, report) = await SendAsync($"{Header}\n{notes}");
        Assert.True(status == 200, report.ToString());
        Assert.Equal(60, report.GetProperty("rows_created").GetInt32());
    }

    [Theory]
    [InlineData("text/xml", "<claims/>")]
    [InlineData("image/png", "x")]
    [InlineData(null, "<claims/>")]
    public async Task A_body_that_is_no_file_of_claims_is_415_with_the_accepted_types(string? type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.ContentType = new(type);
        var answer = await service.Admin.PostAsync("/v1/imports", content, Cancel);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("text/csv, application/x-ndjson, application/json, multipart/form-data", string.Join(", ", answer.Headers.GetValues("Accept-Post")));
    }

    [Fact]
    public async Task A_form_may_hold_the_file()
    {
        var table = $"{Header}\n{Row("form-1")}\n{Row("form-2", "für")}\n";
        const string line = """{"external_id":"form-3","article_url":"https://example.org/files","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"stated_on":"2024"}""";
        foreach (var (file, type, rows) in new[] { (table, "text/csv", 2), (table, "application/octet-stream", 2), (table, null, 2),
            (line, "application/octet-stream", 1), ($"[{line}]", "application/json", 1) })
            foreach (var bytes in new[] { Encoding.UTF8.GetBytes(file), Packed(Encoding.UTF8.GetBytes(file)) })
            {
                var (status, report) = await SendFormAsync(Form(("file", bytes, type)));
                Assert.True(status == 200, report.ToString());
                Assert.Equal(rows, report.GetProperty("rows_created").GetInt32());
            }
        // Too large for memory and for an import in its request.
        var (queued, load) = await SendFormAsync(Form(("claims",
            Encoding.UTF8.GetBytes($"{Header}\n" + string.Concat(Enumerable.Range(1, 1_100).Select(i => Row($"{i}", new string('x', 9_000)) + "\n"))),
            "text/csv")));
        Assert.Equal(202, queued);
        Assert.Equal("1100 read, 1100 created, 0 updated, 0 unchanged, 0 failed", (await service.Admin.EndedAsync(load)).Counts());
    }

    [Fact]
    public async Task A_form_with_anything_but_one_file_is_refused_with_advice()
    {
        byte[] Table(string more = "") => Encoding.UTF8.GetBytes($"{Header}\n{Row("a", more)}\n");
        using var field = new MultipartFormDataContent { { new StringContent("true"), "dry_run" }, { new ByteArrayContent(Table()), "file", "claims.csv" } };
        foreach (var form in new[] { Form(("file", Table(), null), ("file", Table(), null)), field, new MultipartFormDataContent() })
        {
            var (status, body) = await SendFormAsync(form);
            Assert.Equal((400, "bad_request"), (status, body.GetProperty("code").GetString()));
            Assert.Contains("curl -F file=@claims.csv; parameters go into the query string", body.GetProperty("detail").GetString());
        }
        var whole = await Form(("file", Table(new string('x', 100_000)), "text/csv")).ReadAsByteArrayAsync(Cancel);
        var type = $"multipart/form-data; boundary={Encoding.UTF8.GetString(whole)[2..].Split('\r')[0]}";
        foreach (var (sent, declared) in new[] { (whole[..^60], type), (whole[..50_000], type), (whole[..40], type),
            (whole, "multipart/form-data; boundary=another"), (whole, "multipart/form-data") })
        {
            var (status, body) = await SendAsync(sent, declared);
            Assert.Equal((400, "bad_request"), (status, body.GetProperty("code").GetString()));
        }
        var (latin, wrong) = await SendFormAsync(Form(("file", Encoding.Latin1.GetBytes($"{Header}\n{Row("a", "für")}\n"), "text/csv")));
        Assert.Equal((400, "wrong_encoding"), (latin, wrong.GetProperty("code").GetString()));
        Assert.Equal(415, (await SendFormAsync(Form(("file", Table(), "image/png")))).Status);
        Assert.Equal((413, "body_too_large"), (await SendFormAsync(Form(("file", Packed(new byte[50_000_000]), null)))) is var (bomb, large)
            ? (bomb, large.GetProperty("code").GetString()) : default);
    }

    static MultipartFormDataContent Form(params (string Name, byte[] Bytes, string? Type)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, bytes, type) in files)
        {
            var part = new ByteArrayContent(bytes);
            if (type is not null) part.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            form.Add(part, name, "claims.txt");
        }
        return form;
    }

    async Task<(int Status, JsonElement Body)> SendFormAsync(MultipartFormDataContent form)
    {
        var answer = await service.Admin.PostAsync("/v1/imports?dry_run=true&create_missing=true", form, Cancel);
        return ((int)answer.StatusCode, await Case.ReadAsync(answer));
    }

    [Theory]
    [InlineData("[{\"kind\":\"pledge\"},")]
    [InlineData("[{\"kind\":\"pledge\"}")]
    [InlineData("[{\"kind\":\"pledge\"}] x")]
    [InlineData("[{\"kind\":\"pledge\"}][]")]
    [InlineData("[{\"kind\":\"pledge\",}]")]
    [InlineData("[nonsense]")]
    public async Task An_array_that_breaks_off_is_400_with_its_place(string file)
    {
        var (status, body) = await SendAsync(file, "application/json");
        Assert.Equal((400, "malformed_json"), (status, body.GetProperty("code").GetString()));
        Assert.Contains("line 1", body.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Gzip_that_is_cut_or_invalid_or_a_bomb_is_refused()
    {
        var packed = Packed(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 300).Select(i => Row(Guid.NewGuid().ToString())).Prepend(Header))));
        foreach (var body in new[] { packed[..^100], packed[..(packed.Length / 2)], Encoding.UTF8.GetBytes(Header) })
        {
            var (cut, refused) = await SendAsync(body, encoding: "gzip");
            Assert.Equal((400, "bad_gzip"), (cut, refused.GetProperty("code").GetString()));
        }
        var lines = Packed(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(new string(' ', 999), 100_000))));
        var (status, problem) = await SendAsync(lines, "application/x-ndjson", "gzip");
        Assert.Equal((413, "body_too_large"), (status, problem.GetProperty("code").GetString()));
        (status, problem) = await SendAsync(Packed(new byte[50_000_000]), encoding: "gzip");
        Assert.Equal((413, "body_too_large"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_unclosed_quote_and_an_endless_line_are_refused_at_their_line()
    {
        var (status, body) = await SendAsync($"{Header}\n{Row("a")}\n{Row("b", "\"open")}\n{Row("c")}\n");
        Assert.Equal((422, "3 malformed_row"), (status, Errors(body)));
        var long_ = string.Join('\n', Enumerable.Repeat(Row("c", new string('x', 5_000)), 400));
        (status, body) = await SendAsync($"{Header}\n{Row("a")}\n{Row("b", "\"open")}\n{long_}\n");
        Assert.Equal((413, "3 body_too_large"), (status, Errors(body)));
        (status, body) = await SendAsync($"{Header}\n{Row("a")}\n{new string('x', 100_000_000)}\n");
        Assert.Equal((413, "3 body_too_large"), (status, Errors(body)));
        (status, body) = await SendAsync($"[1, \"{new string('x', 3_000_000)}\"]", "application/json");
        Assert.Equal((413, "2 body_too_large"), (status, Errors(body)));
        (status, body) = await SendAsync(new string(',', 1_000_000));
        Assert.Equal(422, status);
    }
}
