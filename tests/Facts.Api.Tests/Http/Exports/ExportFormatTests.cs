using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Apache.Arrow;
using Apache.Arrow.Types;
using DuckDB.NET.Data;
using MiniExcelLibs;
using ParquetSharp.Arrow;

namespace Facts.Api.Tests.Http.Exports;

/// <summary>The sample in every format: the same rows, read back by other programs than those that wrote them.</summary>
public sealed class ExportFormatTests(SampledService service) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/claims?donor=DEU")]
    [InlineData("/v1/claims?fields=id,donors,quantity_low,stated_from,recorded_at,condition_met,quote&sort=-id")]
    [InlineData("/v1/claims?id=-1")]
    [InlineData("/v1/articles?")]
    [InlineData("/v1/parties?kind=alliance")]
    [InlineData("/v1/items?")]
    [InlineData("/v1/commitments?")]
    [InlineData("/v1/commitments?as_of=2024-12-04")]
    [InlineData("/v1/deliveries?recipient=UKR")]
    [InlineData("/v1/requests?")]
    [InlineData("/v1/review?")]
    [InlineData("/v1/balances?recipient=UKR&as_of=2024-12-04&group_by=donor,category")]
    [InlineData("/v1/balances?recipient=UKR&unit=furlong&group_by=item")]
    [InlineData("/v1/balances/timeline?recipient=UKR&from=2024-01-01&to=2024-12-31&interval=quarter")]
    public async Task Every_format_has_the_same_rows(string path)
    {
        var lines = (await TextAsync(path, "ndjson")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var json = JsonDocument.Parse(await TextAsync(path.StartsWith("/v1/balances") ? path : path + "&limit=5000", "json")).RootElement.GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal(json.Select(Plain), lines.Select(Plain));

        var csv = (await Csv.ReadAsync(await TextAsync(path + "&raw=true", "csv"))).ToList();
        Assert.Equal(lines.Count, csv.Count - 1);
        var parquetBytes = await BytesAsync(path, "parquet");
        var parquet = await ParquetAsync(parquetBytes);
        var arrow = await ArrowAsync(parquetBytes);
        var sheet = await SheetAsync(await BytesAsync(path, "xlsx"));
        Assert.Equal(csv[0], parquet.Names);
        Assert.Equal(csv[0], arrow.Names);
        Assert.Equal(csv[0], sheet.Names);
        if (lines.Count > 0) Assert.Equal(csv[0], lines[0].EnumerateObject().Select(m => m.Name));
        foreach (var (i, line) in lines.Index())
        {
            var cells = line.EnumerateObject().Select(Cell).ToList();
            Assert.Equal(cells, csv[i + 1]);
            Assert.Equal(cells, parquet.Rows[i]);
            Assert.Equal(cells, arrow.Rows[i]);
            Assert.Equal(cells.Select(NoTime), sheet.Rows[i].Select(NoTime));
        }
        Assert.Equal(lines.Count, parquet.Rows.Count);
        Assert.Equal(lines.Count, arrow.Rows.Count);
        Assert.Equal(lines.Count, sheet.Rows.Count);
    }

    [Fact]
    public async Task Parquet_has_types()
    {
        var file = await BytesAsync("/v1/claims?fields=id,quote,donors,quantity_low,condition_met,stated_from,recorded_at", "parquet");
        Assert.Equal(["BIGINT", "VARCHAR", "VARCHAR", "DECIMAL(28,4)", "BOOLEAN", "DATE", "TIMESTAMP WITH TIME ZONE"], (await ParquetAsync(file)).Types);
        Assert.Equal(["int64", "utf8", "utf8", "decimal128(28,4)", "bool", "date32", "timestamp(UTC)"], (await ArrowAsync(file)).Types);
    }

    [Fact]
    public async Task A_workbook_has_numbers_and_dates_as_such()
    {
        using var file = new MemoryStream(
            await BytesAsync("/v1/claims?fields=id,quantity_low,condition_met,stated_from,recorded_at,quote&quantity_low__isnull=false", "xlsx"));
        var row = ((IDictionary<string, object>)file.Query(useHeaderRow: true).First()).Values.ToList();
        Assert.IsType<double>(row[0]);
        Assert.IsType<double>(row[1]);
        Assert.IsType<DateTime>(row[3]);
        Assert.IsType<DateTime>(row[4]);
        Assert.IsType<string>(row[5]);
    }

    [Theory]
    [InlineData("😀 emoji, 🇧🇫 and 𠮷")]
    [InlineData("_x0041_ and _xD83D_ stay as they are")]
    [InlineData("é, Ж and \u202E right to left")]
    [InlineData("=1+1 <b>&amp;</b> \"quoted\"\nin two lines")]
    public async Task A_workbook_gives_every_text_as_it_is(string quote)
    {
        var url = $"https://example.org/workbook/{Guid.NewGuid():N}";
        var claim = JsonContent.Create(
            new { article_url = url, kind = "pledge", donors = new[] { "DEU" }, recipient = "UKR", items = new[] { "iris-t" }, stated_on = "2024", quote });
        var created = await service.Admin.PostAsync("/v1/claims", claim, Cancel);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(["quote", quote], await TextsAsync(await BytesAsync($"/v1/claims?fields=quote&article_url={Uri.EscapeDataString(url)}", "xlsx")));
        // Removed before the other tests: their reader decodes text that looks like an escape of Excel.
        using var withdrawal = new HttpRequestMessage(HttpMethod.Delete, created.Headers.Location);
        withdrawal.Headers.TryAddWithoutValidation("If-Match", "*");
        Assert.Equal(HttpStatusCode.OK, (await service.Admin.SendAsync(withdrawal, Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_workbook_has_names_in_every_script()
    {
        var texts = await TextsAsync(await BytesAsync("/v1/parties?code=BFA,BGD&fields=code,aliases", "xlsx"));
        Assert.Contains("BF;Burkibaa Faaso;𞤄𞤵𞤪𞤳𞤭𞤲𞤢 𞤊𞤢𞤧𞤮𞥅", texts);
        Assert.Contains(texts, text => text.StartsWith("BD;বাংলাদেশ;𑄝𑄁𑄣𑄘𑄬𑄌𑄴", StringComparison.Ordinal));
    }

    /// <summary>The cells of the sheet that are texts, as a reader has them that knows XML and nothing of workbooks.</summary>
    static async Task<IEnumerable<string>> TextsAsync(byte[] workbook)
    {
        using var file = new ZipArchive(new MemoryStream(workbook));
        await using var sheet = await file.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync(Cancel);
        return [.. (await XDocument.LoadAsync(sheet, LoadOptions.PreserveWhitespace, Cancel)).Descendants().Where(e => e.Name.LocalName == "t")
            .Select(e => e.Value)];
    }

    /// <summary>openpyxl, and pandas with it, refuse a workbook with a fill that says nothing.</summary>
    [Fact]
    public async Task Every_fill_of_a_workbook_says_what_it_is()
    {
        using var file = new ZipArchive(new MemoryStream(await BytesAsync("/v1/balances?group_by=donor", "xlsx")));
        await using var styles = await file.GetEntry("xl/styles.xml")!.OpenAsync(Cancel);
        var fills = (await XDocument.LoadAsync(styles, LoadOptions.None, Cancel)).Descendants().Where(e => e.Name.LocalName == "fill").ToList();
        Assert.NotEmpty(fills);
        Assert.All(fills, fill => Assert.NotEmpty(fill.Elements()));
    }

    [Theory]
    [InlineData("/v1/claims", "application/vnd.apache.parquet", "parquet")]
    [InlineData("/v1/balances", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")]
    [InlineData("/v1/balances/timeline", "text/csv", "csv")]
    public async Task Accept_chooses_and_a_download_has_its_ending(string path, string type, string ending)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path + "?download=true") { Headers = { { "Accept", type } } };
        var answer = await service.Anonymous.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith($".{ending}", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    [Theory]
    [InlineData("balances?group_by=donor&as_of=2025-01-01&recipient=UKR&item=air-defence", "balances-ukr-air-defence-by-donor-2025-01-01")]
    [InlineData("balances/timeline?unit=system&min_stage=dispatched&as_of=2025-01-01", "timeline-system-min-stage-dispatched-2025-01-01")]
    [InlineData("commitments?donor=DEU,%20CAN&overdue=true&due_on__isnull=false&sort=due_on&as_of=2025-01-01",
        "commitments-deu-can-overdue-due-on-isnull-false-2025-01-01")]
    [InlineData("articles?title__contains=..%2F%C3%A9x", "articles-title-contains-x")]
    [InlineData("claims?q=one%20two%20three%20four%20five%20six%20seven%20eight%20nine%20ten%20eleven%20twelve%20thirteen%20more&donor=DEU&as_of=2025-01-01",
        "claims-deu-and-more-2025-01-01")]
    public async Task The_name_of_a_file_tells_the_question(string question, string name)
    {
        var answer = await service.Anonymous.GetAsync($"/v1/{question}&format=csv&download=true", Cancel);
        Assert.Equal(name + ".csv", answer.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    [Theory]
    [InlineData("/v1/balances?format=pdf", "unsupported_format")]
    [InlineData("/v1/balances?bom=true", "unsupported_format")]
    [InlineData("/v1/balances/timeline?format=xlsx&raw=true", "unsupported_format")]
    [InlineData("/v1/balances/explain?format=csv", "unknown_parameter")]
    [InlineData("/v1/claims?format=parquet&count=exact", "unsupported_format")]
    public async Task A_request_that_a_format_cannot_answer_is_refused(string path, string code)
    {
        var answer = await service.Anonymous.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_row_of_balances_explains_itself_in_every_format()
    {
        var lines = await Csv.ReadAsync(await TextAsync("/v1/balances?recipient=UKR&as_of=2024-12-04&group_by=donor&download=true", "csv"));
        var explain = lines[1][^1];
        Assert.DoesNotContain("format", explain);
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync(explain, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Each_format_has_an_ETag_of_its_own()
    {
        var tags = new List<string?>();
        foreach (var type in new[] { "application/json", "text/csv", "application/vnd.apache.parquet" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/balances?as_of=2024-12-04") { Headers = { { "Accept", type } } };
            tags.Add((await service.Anonymous.SendAsync(request, Cancel)).Headers.ETag?.Tag);
        }
        Assert.Equal(3, tags.Distinct().Count());
    }

    async Task<byte[]> BytesAsync(string path, string format)
    {
        var answer = await service.Anonymous.GetAsync($"{path}&format={format}", Cancel);
        Assert.True(answer.IsSuccessStatusCode,
            $"{path} {format}: {answer.StatusCode} {(answer.IsSuccessStatusCode ? "" : await answer.Content.ReadAsStringAsync(Cancel))}");
        return await answer.Content.ReadAsByteArrayAsync(Cancel);
    }

    async Task<string> TextAsync(string path, string format) => Encoding.UTF8.GetString(await BytesAsync(path, format));

    static string Plain(JsonElement row) => string.Join('\n', row.EnumerateObject().Where(m => m.Name != "explain").Select(m => $"{m.Name}: {Cell(m)}"));

    /// <summary>A member as a cell: empty for null, a set joined by <c>;</c>, an object as JSON.</summary>
    static string Cell(JsonProperty member) => member.Value is var value && member.Name == "deadlines" ? value.GetRawText() : value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(v => v.GetString())),
        _ => value.ToString(),
    };

    // A sheet's clock has thousandths of a second, and a number is binary there.
    static string NoTime(string cell) => cell.Length > 19 && DateTimeOffset.TryParse(cell, out var instant) ? instant.ToString("yyyy-MM-dd'T'HH:mm") : cell;

    static async Task<(List<string> Names, List<string> Types, List<List<string>> Rows)> ParquetAsync(byte[] bytes)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(path, bytes, Cancel);
            using var connection = new DuckDBConnection("Data Source=:memory:");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"describe select * from read_parquet('{path}')";
            var columns = Read(command, r => (Name: r.GetString(0), Type: r.GetString(1)));
            command.CommandText = $"select {string.Join(", ", columns.Select(c => Spelt(c.Name, c.Type)))} from read_parquet('{path}')";
            return ([.. columns.Select(c => c.Name)], [.. columns.Select(c => c.Type)],
                Read(command, r => Enumerable.Range(0, r.FieldCount).Select(i => r.IsDBNull(i) ? "" : r.GetString(i)).ToList()));
        }
        finally
        {
            File.Delete(path);
        }
    }

    static List<T> Read<T>(DuckDBCommand command, Func<System.Data.Common.DbDataReader, T> of)
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(of(reader));
        return rows;
    }

    /// <summary>SQL that spells a value as the wire does.</summary>
    static string Spelt(string name, string type) => type switch
    {
        _ when type.StartsWith("DECIMAL") => $"regexp_replace(\"{name}\"::varchar, '\\.?0*$', '')",
        "TIMESTAMP WITH TIME ZONE" => $"regexp_replace(strftime(\"{name}\"::timestamp, '%Y-%m-%dT%H:%M:%S.%f'), '\\.?0*$', '') || 'Z'",
        _ => $"\"{name}\"::varchar",
    };

    /// <summary>The same by Arrow's own reader, which is the one inside of pandas' pyarrow and of R's arrow.</summary>
    static async Task<(List<string> Names, List<string> Types, List<List<string>> Rows)> ArrowAsync(byte[] bytes)
    {
        using var buffer = new MemoryStream(bytes);
        using var file = new FileReader(buffer);
        var fields = file.Schema.FieldsList;
        var rows = new List<List<string>>();
        using var batches = file.GetRecordBatchReader();
        while (await batches.ReadNextRecordBatchAsync(Cancel) is { } batch)
            using (batch)
                rows.AddRange(Enumerable.Range(0, batch.Length).Select(i => batch.Arrays.Select(values => values.IsNull(i) ? "" : Spelt(values, i)).ToList()));
        return ([.. fields.Select(f => f.Name)], [.. fields.Select(f => f.DataType switch
        {
            Decimal128Type number => $"{number.Name}({number.Precision},{number.Scale})",
            TimestampType instant => $"{instant.Name}({instant.Timezone})",
            var type => type.Name,
        })], rows);
    }

    static string Spelt(IArrowArray values, int i) => values switch
    {
        StringArray texts => texts.GetString(i),
        Int64Array wholes => wholes.GetValue(i)!.Value.ToString(),
        Decimal128Array numbers => numbers.GetValue(i)!.Value.ToString("0.####"),
        BooleanArray flags => flags.GetValue(i)!.Value ? "true" : "false",
        Date32Array days => days.GetDateOnly(i)!.Value.ToString("yyyy-MM-dd"),
        TimestampArray instants => instants.GetTimestamp(i)!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'"),
        _ => throw new NotSupportedException(values.Data.DataType.Name),
    };

    static async Task<(List<string> Names, List<List<string>> Rows)> SheetAsync(byte[] bytes)
    {
        await Task.CompletedTask;
        using var file = new MemoryStream(bytes);
        var rows = file.Query(useHeaderRow: false).Select(r => ((IDictionary<string, object?>)r).Values.ToList()).ToList();
        return ([.. rows[0].Select(v => (string)v!)], [.. rows.Skip(1).Select(r => r.Select(Spelt).ToList())]);
    }

    static string Spelt(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        double number => ((decimal)number).ToString("0.####"),
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd"),
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
        _ => value.ToString()!,
    };
}
