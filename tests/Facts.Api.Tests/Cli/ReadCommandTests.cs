using System.Text.Json;
using Npgsql;

namespace Facts.Api.Tests.Cli;

/// <summary>The commands that read: balance, export and verify.</summary>
public sealed class ReadCommandTests(CommandLine facts) : IClassFixture<CommandLine>
{
    [Fact]
    public async Task A_balance_is_a_table_that_a_person_can_read()
    {
        var ended = await facts.RunAsync("balance", "--recipient", "UKR", "--group-by", "donor", "--unit", "system", "--as-of", "2025-01-01");

        Assert.Equal(0, ended.Code);
        var lines = ended.Output.Split('\n').Select(line => line.TrimEnd()).ToArray();
        Assert.Equal("as of 2025-01-01", lines[0]);
        Assert.Equal(["donor", "unit", "requested", "committed", "delivered", "outstanding", "overdue", "unmet need", "notes"], Cells(lines[1]));
        Assert.Contains(lines, line => Cells(line) is ["Germany", "system", "0", "5", "2", "3", "! 2", "0", "1 unquantified"]);
        Assert.Contains(lines, line => Cells(line) is ["–", "system", "≥ 27", ..]);
        // A promise without a number is no promise of nothing. It has no deadline, so nothing of it is overdue. Of the delivery no number is known either.
        Assert.Contains(lines, line => Cells(line) is ["NATO", "system", "0", "unknown", "0", "unknown", "0", "0", "2 unquantified"]);
        Assert.Contains(lines, line => Cells(line) is ["United States", "system", "0", "1", "unknown", "1", "0", "0", "1 unquantified"]);
        // Numbers end below the end of their title.
        Assert.Equal(lines[1].IndexOf("overdue", StringComparison.Ordinal) + "overdue".Length,
            lines.Single(l => l.StartsWith("Germany  ", StringComparison.Ordinal)).IndexOf("! 2", StringComparison.Ordinal) + 3);

        static string[] Cells(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    [Fact]
    public async Task A_row_says_what_came_as_another_item()
    {
        var ended = await facts.RunAsync("balance", "--recipient", "UKR", "--group-by", "item", "--item", "iris-t", "--as-of", "2025-01-01");

        Assert.Matches(@"\nIRIS-T  +system  +0  +4  +0  +2  +! 2  +0  +2 came as another item", ended.Output);
        Assert.Matches(@"\nIRIS-T SLM  +system  +0  +0  +1  +0  +0  +0 *\r?\n", ended.Output);
    }

    [Fact]
    public async Task What_may_be_overdue_without_a_number_is_unknown()
    {
        const string Claim = """
            {"article_url":"https://example.org/late","article_published_on":"2024-01-05","recipient":"POL","donors":["XX"],"items":["hawk"],"unit":"system","kind":"pledge","due_on":"2024-06-30","quantity_text":"some"}
            """;
        var file = facts.Write("late.ndjson", Claim.Replace("XX", "FRA"), Claim.Replace("XX", "ESP").Replace("2024-06-30", "2030-06-30"));
        Assert.Equal(0, (await facts.RunAsync("load", file)).Code);

        var ended = await facts.RunAsync("balance", "--recipient", "POL", "--group-by", "donor", "--as-of", "2025-01-01");

        Assert.Matches(@"France  +system  +unknown  +0  +unknown  +unknown  +1 unquantified", ended.Output);
        Assert.Matches(@"Spain  +system  +unknown  +0  +unknown  +0  +1 unquantified", ended.Output);
    }

    [Fact]
    public async Task Programs_get_the_balance_as_the_service_gives_it()
    {
        var ended = await facts.RunAsync("balance", "--recipient", "UKR", "--json", "unit=system");

        using var answer = JsonDocument.Parse(ended.Output);
        Assert.Equal("system", Assert.Single(answer.RootElement.GetProperty("items").EnumerateArray()).GetProperty("unit").GetString());
    }

    [Fact]
    public async Task An_export_is_every_row_in_each_format()
    {
        var csv = await facts.RunAsync("export", "claims", "donor=DEU");
        var ndjson = await facts.RunAsync("export", "claims", "donor=DEU", "--format", "ndjson");
        var json = await facts.RunAsync("export", "claims", "donor=DEU", "-o", "claims.json");

        Assert.Equal(0, csv.Code + ndjson.Code + json.Code);
        using var array = JsonDocument.Parse(File.ReadAllText(facts.PathOf("claims.json")));
        var ids = array.RootElement.EnumerateArray().Select(c => c.GetProperty("id").ToString()).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids,
            ndjson.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").ToString()));
        Assert.All(ids, id => Assert.Contains($"\n{id},", csv.Output));
    }

    [Theory]
    [InlineData("parquet", "PAR1")]
    [InlineData("xlsx", "PK")]
    public async Task Claims_and_balances_come_as_files_for_other_programs(string format, string begins)
    {
        foreach (var what in new[] { "claims", "balances" })
        {
            var ended = await facts.RunAsync("export", what, "-o", $"{what}.{format}");
            Assert.Equal((0, "", ""), (ended.Code, ended.Output, ended.Error));
            Assert.Equal(begins, System.Text.Encoding.ASCII.GetString(File.ReadAllBytes(facts.PathOf($"{what}.{format}")), 0, begins.Length));
        }
    }

    [Fact]
    public async Task A_commitment_is_found_by_its_key()
    {
        var ended = await facts.RunAsync("export", "commitments", "key=sample:deu-iris-t-2024", "fields=key", "header=false");

        Assert.Equal((0, "sample:deu-iris-t-2024\n"), (ended.Code, ended.Output.Replace("\r", "")));
    }

    [Fact]
    public async Task An_export_that_is_cut_is_an_error_and_leaves_no_file()
    {
        File.WriteAllText(facts.PathOf("kept.csv"), "before");
        await using var proxy = new CuttingProxy(facts.Address, cuts: 6, after: 8_000, answers: true);

        var toFile = await facts.RunAsync("export", "claims", "-o", "kept.csv", "--server", proxy.Address);
        var toOutput = await facts.RunAsync("export", "claims", "--server", proxy.Address);

        Assert.Equal(2, toFile.Code);
        Assert.StartsWith("facts: kept.csv is not written", toFile.Error.Split('\n')[4]);
        Assert.Equal("before", File.ReadAllText(facts.PathOf("kept.csv")));
        Assert.Empty(Directory.GetFiles(facts.PathOf("."), "*.part"));
        Assert.Equal(2, toOutput.Code);
        Assert.StartsWith("facts: the connection broke and the output is incomplete", toOutput.Error);
        Assert.Equal(6, proxy.Connections);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task An_export_to_a_file_that_is_cut_is_begun_again(string format)
    {
        await using var proxy = new CuttingProxy(facts.Address, cuts: 2, after: 8_000, answers: true);

        var cut = await facts.RunAsync("export", "claims", "-o", $"again.{format}", "--server", proxy.Address);
        await facts.RunAsync("export", "claims", "-o", $"uncut.{format}");

        Assert.Equal((0, "", 3), (cut.Code, cut.Output, proxy.Connections));
        Assert.Equal(2, cut.Error.Split('\n')
            .Count(line => line.StartsWith("the connection was lost", StringComparison.Ordinal)
                && line.EndsWith("trying again from the beginning", StringComparison.Ordinal)));
        Assert.Equal(File.ReadAllText(facts.PathOf($"uncut.{format}")), File.ReadAllText(facts.PathOf($"again.{format}")));
        Assert.Empty(Directory.GetFiles(facts.PathOf("."), "*.part"));
    }

    [Fact]
    public async Task A_wrong_question_is_reported_at_its_place()
    {
        var name = await facts.RunAsync("balance", "--recipient", "Ukrane");
        var several = await facts.RunAsync("export", "claims", "donr=DEU", "limit=0");

        Assert.Equal((2, ""), (name.Code, name.Output));
        Assert.Matches("^facts: recipient: .*'Ukrane'.*did you mean 'Ukraine'", name.Error);
        Assert.Equal(2, several.Code);
        Assert.Contains("'donr'", several.Error);
        Assert.Contains("limit", several.Error);
    }

    [Fact]
    public async Task Verify_finds_nothing_and_finds_what_was_tampered_with()
    {
        var clean = await facts.RunAsync("verify");
        Assert.Equal((0, "no differences: the stored results equal those computed from the claims\n", ""), (clean.Code, clean.Output, clean.Error));

        await using var connection = new NpgsqlConnection(facts.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await TamperAsync("update claims set quantity_low = 77, quantity_high = 77 where id = (select min(id) from claims where kind = 'pledge' and quantity_low is not null)");
        try
        {
            var found = await facts.RunAsync("verify");
            Assert.Equal(1, found.Code);
            Assert.Contains("77", found.Output);
            Assert.Matches(@"\d+ difference\(s\) between the stored results and those computed from the claims\n$", found.Output);
        }
        finally
        {
            await TamperAsync("update claims set quantity_low = before.low, quantity_high = before.high from before where before.id = claims.id");
        }

        async Task TamperAsync(string sql)
        {
            await using var command = new NpgsqlCommand(
                "create table if not exists before as select id, quantity_low as low, quantity_high as high from claims; " + sql, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }
}
