using System.Text.Json;

namespace Facts.Api.Tests.Imports;

/// <summary>Cells of CSV that can be read in two ways: numbers of two conventions, and words for a missing value.</summary>
public sealed class CsvCellTests(CaseService service) : IClassFixture<CaseService>
{
    const string Columns = "external_id;article_url;article_published_on;kind;donors;recipient;items;unit;commitment;quote;note;quantity";

    static int _files;

    readonly string _article = $"https://example.org/cells/{Interlocked.Increment(ref _files)}";

    string File(char separator, string donors, string commitment, string quote, string quantity) => string.Join('\n', new[]
    {
        Columns, $"1;{_article};2022-05-01;pledge;{donors};UKR;iris-t;system;{commitment};{quote};;{quantity}", "",
    }.Select(line => line.Replace(';', separator)));

    Task<(int Status, JsonElement Body)> LoadAsync(string quantity, string query = "", char separator = ';') =>
        service.Admin.LoadAsync(File(separator, "DEU", "", "", separator == ',' ? $"\"{quantity}\"" : quantity), query);

    async Task<JsonElement> ClaimAsync() => Assert.Single((await new Case(service.Admin).GetAsync("/v1/claims?article_url=" + Uri.EscapeDataString(_article)))
        .GetProperty("items").EnumerateArray());

    static string Error(JsonElement body)
    {
        var error = Assert.Single(body.GetProperty("errors").EnumerateArray());
        return $"{error.Number("row")} {error.Word("column")} {error.Word("code")} {error.Word("message")}";
    }

    [Theory]
    [InlineData(';', "10.000", "10", "10000")]
    [InlineData(';', "1,500", "1500", "1.5")]
    [InlineData(';', "999.999", "999.999", "999999")]
    [InlineData(';', "1.500", "1.5", "1500")]
    [InlineData(',', "1,500", "1500", "1.5")]
    public async Task A_number_with_two_readings_is_refused_with_both(char separator, string number, string point, string comma)
    {
        var (status, body) = await LoadAsync(number, separator: separator);
        Assert.Equal(422, status);
        Assert.Equal($"2 quantity invalid_number '{number}' can be {point} or {comma}; decimal=point reads it as {point}, decimal=comma as {comma}", Error(body));
    }

    [Theory]
    [InlineData("10.000", "comma", 10_000)]
    [InlineData("10.000", "point", 10)]
    [InlineData("1,500", "point", 1_500)]
    [InlineData("1,500", "comma", 1.5)]
    [InlineData("1.234.567,25", "comma", 1_234_567.25)]
    [InlineData("1,234,567.25", "point", 1_234_567.25)]
    [InlineData("12 500", "comma", 12_500)]
    [InlineData("12\u00A0500,5", "comma", 12_500.5)]
    [InlineData("12\u202F500", "point", 12_500)]
    [InlineData("12'500.5", "point", 12_500.5)]
    [InlineData("12\u2019500", "comma", 12_500)]
    [InlineData("12500", "comma", 12_500)]
    [InlineData("0,125", "comma", 0.125)]
    [InlineData("1e3", "comma", 1_000)]
    public async Task The_option_decimal_settles_it(string number, string sign, double read)
    {
        var (status, report) = await LoadAsync(number, "decimal=" + sign);
        Assert.True(status == 200, report.ToString());
        Assert.Equal(sign, report.GetProperty("options").Word("decimal"));
        Assert.Equal((decimal)read, (await ClaimAsync()).GetProperty("quantity_low").GetDecimal());
    }

    [Theory]
    [InlineData("1.500", 1.5)]
    [InlineData("10.000", 10)]
    public async Task A_point_in_a_file_separated_by_commas_is_the_decimal_sign(string number, double read)
    {
        var (status, report) = await LoadAsync(number, separator: ',');
        Assert.True(status == 200, report.ToString());
        Assert.Equal((decimal)read, (await ClaimAsync()).GetProperty("quantity_low").GetDecimal());
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("1500", 1_500)]
    [InlineData("0.125", 0.125)]
    [InlineData("1.1250", 1.125)]
    [InlineData("1234.567", 1_234.567)]
    public async Task A_number_with_one_reading_needs_no_option(string number, double read)
    {
        var (status, report) = await LoadAsync(number);
        Assert.True(status == 200, report.ToString());
        Assert.Equal((decimal)read, (await ClaimAsync()).GetProperty("quantity_low").GetDecimal());
    }

    [Theory]
    [InlineData("1,5", "", "decimal=comma reads it as 1.5")]
    [InlineData("1.234.567", "", "decimal=comma reads it as 1234567")]
    [InlineData("1,234.5", "", "decimal=point reads it as 1234.5")]
    [InlineData("12 500", "", "decimal=point or decimal=comma reads it as 12500")]
    [InlineData("1.5", "decimal=comma", "1.500,25 is expected, since decimal=comma")]
    [InlineData("1,5", "decimal=point", "1,500.25 is expected, since decimal=point")]
    [InlineData("1.234,567.8", "decimal=point", "is expected")]
    [InlineData("12 500'000", "decimal=point", "is expected")]
    [InlineData("12.50.000", "decimal=comma", "is expected")]
    [InlineData("007", "decimal=comma", "is expected")]
    public async Task Another_number_is_refused_with_the_option_that_reads_it(string number, string query, string message)
    {
        var (status, body) = await LoadAsync(number, query);
        Assert.Equal(422, status);
        Assert.Contains(message, Error(body));
    }

    [Fact]
    public async Task An_export_with_three_decimals_loads_again_without_the_option()
    {
        await LoadAsync("1,125", "decimal=comma");
        var export = await service.Admin.GetStringAsync("/v1/claims?format=csv&article_url=" + Uri.EscapeDataString(_article), ImportCaller.Cancel);
        Assert.Contains(",1.125,1.125,", export);
        var some = await service.Admin.GetStringAsync("/v1/claims?format=csv&fields=external_id,article_url,kind,donors,recipient,items,unit,stated_on,"
            + "quantity_low,quantity_high&article_url=" + Uri.EscapeDataString(_article), ImportCaller.Cancel);
        foreach (var file in new[] { export, some })
        {
            var (status, report) = await service.Admin.LoadAsync(file);
            Assert.True(status == 200, report.ToString());
            Assert.Equal("1 read, 0 created, 0 updated, 1 unchanged, 0 failed", report.Counts());
        }
    }

    [Fact]
    public async Task A_refused_row_of_ndjson_is_given_back_with_the_number_that_it_had()
    {
        var row = $$"""{"external_id":"1","article_url":"{{_article}}","kind":"pledge","donors":["Germny"],"recipient":"UKR","items":["iris-t"],"quantity":1.125,"stated_on":"2022"}""";
        var (_, report) = await service.Admin.LoadAsync(row, "on_error=skip", "application/x-ndjson");
        var rows = await service.Admin.GetStringAsync(report.Word("errors_url") + "?format=csv", ImportCaller.Cancel);
        var (status, body) = await service.Admin.LoadAsync(rows.Replace("Germny", "DEU"));
        Assert.True(status == 200, body.ToString());
        Assert.Equal(1.125m, (await ClaimAsync()).GetProperty("quantity_low").GetDecimal());
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("NaN")]
    [InlineData("NULL")]
    [InlineData("none")]
    [InlineData("#N/A")]
    [InlineData(" NA ")]
    public async Task A_word_for_a_missing_value_is_refused_with_the_way_out(string word)
    {
        foreach (var (column, file) in new[]
        {
            ("donors", File(';', word, "", "", "2")), ("commitment", File(';', "DEU", word, "", "2")), ("quantity", File(';', "DEU", "", "", word)),
        })
        {
            var (status, body) = await service.Admin.LoadAsync(file);
            Assert.Equal(422, status);
            Assert.Equal($"2 {column} invalid_value is '{word.Trim()}', which many tools write for a missing value; leave the cell empty, or send na={word.Trim()} to read such cells as empty",
                Error(body));
        }
    }

    [Fact]
    public async Task With_na_such_cells_are_empty_in_every_column()
    {
        var (status, report) = await service.Admin.LoadAsync(File(';', "DEU", "na", "None", "#n/a"), "na=NA&na=none&na=" + Uri.EscapeDataString("#N/A"));
        Assert.True(status == 200, report.ToString());
        var claim = await ClaimAsync();
        foreach (var name in new[] { "commitment", "quote", "quantity_low" }) Assert.Equal(JsonValueKind.Null, claim.GetProperty(name).ValueKind);
        Assert.Equal(["NA", "none", "#N/A"], report.GetProperty("options").GetProperty("na").EnumerateArray().Select(t => t.GetString()));
        (status, report) = await service.Admin.LoadAsync(File(';', "NA", "nan", "", "2"), "na=NA,nan");
        Assert.Equal(422, status);
        Assert.StartsWith("2 donors required donors is needed: at least one party that gives.", Error(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blanks_are_an_empty_cell_and_free_texts_may_say_none()
    {
        var (status, report) = await service.Admin.LoadAsync(File(';', "Namibia", "  ", "None", " \u00A0"));
        Assert.True(status == 200, report.ToString());
        var claim = await ClaimAsync();
        Assert.Equal("""["NAM"]""", claim.GetProperty("donors").GetRawText());
        Assert.Equal((JsonValueKind.Null, "None", "unspecified"),
            (claim.GetProperty("commitment").ValueKind, claim.Word("quote"), claim.Word("quantity_qualifier")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("na=NA")]
    public async Task A_missing_name_among_donors_is_refused_with_and_without_na(string query)
    {
        var (status, body) = await service.Admin.LoadAsync(File(',', "\"DEU;NA\"", "", "", "2").Replace("DEU,NA", "DEU;NA"), query);
        Assert.Equal(422, status);
        Assert.Equal("/donors/1", body.GetProperty("errors")[0].Word("pointer"));
        Assert.Contains("stands among other names", Error(body));
    }

    [Fact]
    public async Task In_json_a_text_is_a_text()
    {
        var row = $$"""{"external_id":"1","article_url":"{{_article}}","kind":"pledge","donors":["NA"],"recipient":"UKR","items":["iris-t"],"note":null,"stated_on":"2022"}""";
        var (status, report) = await service.Admin.LoadAsync(row, "na=NA&decimal=comma", "application/x-ndjson");
        Assert.True(status == 200, report.ToString());
        Assert.Equal("""["NAM"]""", (await ClaimAsync()).GetProperty("donors").GetRawText());
    }
}
