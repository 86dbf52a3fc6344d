using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Facts.Api.Tests.Cli;

public sealed class LoadTests(CommandLine facts) : IClassFixture<CommandLine>
{
    internal static string Pledge(string id, string more = "") => Pledge(id, "LVA", more);

    static string Pledge(string id, string donor, string more) =>
        $$"""{"external_id":"{{id}}","article_external_id":"cli-1","article_url":"https://example.org/cli","article_published_on":"2024-05-01","kind":"pledge","donors":["{{donor}}"],"recipient":"MDA","items":["hawk"],"quantity":3,"unit":"launcher"{{more}}}""";

    [Fact]
    public async Task A_file_is_loaded_and_the_same_file_again_changes_nothing()
    {
        var file = facts.Write("twice.ndjson", Pledge("twice:1"), Pledge("twice:2", ",\"due_on\":\"2030\""));

        var first = await facts.RunAsync("load", file);
        var second = await facts.RunAsync("load", file, "--again");

        Assert.Equal((0, ""), (first.Code, first.Error));
        Assert.StartsWith("twice.ndjson: 2 rows: 2 created, 0 updated, 0 unchanged, 0 failed\n", first.Output);
        Assert.Equal((0, "twice.ndjson: 2 rows: 0 created, 0 updated, 2 unchanged, 0 failed\n"), (second.Code, second.Output));
    }

    [Fact]
    public async Task A_refused_row_is_reported_with_file_line_and_column_and_nothing_is_written()
    {
        var file = facts.Write("bad.ndjson", Pledge("bad:1"), "", Pledge("bad:2", "LVX", ""), Pledge("bad:3", ",\"quantity_lo\":1"), "{");

        var ended = await facts.RunAsync("load", file);

        Assert.Equal(1, ended.Code);
        Assert.Equal("bad.ndjson: 4 rows: 0 created, 0 updated, 0 unchanged, 3 failed; nothing is written\n", ended.Output);
        Assert.Collection(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("^bad.ndjson:3 donors .*LVX.*value LVX", line),
            line => Assert.Matches("^bad.ndjson:4 quantity_lo .*did you mean", line),
            line => Assert.StartsWith("bad.ndjson:5 ", line));
        Assert.DoesNotContain("bad:1", (await facts.RunAsync("export", "claims", "recipient=MDA")).Output);
    }

    [Fact]
    public async Task With_skip_the_valid_rows_are_loaded_and_the_exit_code_reports_the_refused_ones()
    {
        var file = facts.Write("skip.ndjson", Pledge("skip:1"), Pledge("skip:2", "LVX", ""));

        var ended = await facts.RunAsync("load", file, "--on-error", "skip");

        Assert.Equal((1, "skip.ndjson: 2 rows: 1 created, 0 updated, 0 unchanged, 1 failed\n"), (ended.Code, ended.Output.Split('\n')[0] + "\n"));
        Assert.Contains("skip:1", (await facts.RunAsync("export", "claims", "recipient=MDA")).Output);
    }

    [Fact]
    public async Task Refused_rows_are_a_file_that_the_program_of_the_sender_can_read()
    {
        const string Header = "external_id,article_external_id,article_published_on,kind,donors,recipient,items,quantity,unit\n";
        File.WriteAllText(facts.PathOf("excel.csv"), "\uFEFF" + Header + "excel:1,cli-excel,2024-01-01,pledge,El País,MDA,hawk,1,launcher\n");
        File.WriteAllText(facts.PathOf("plain.csv"), Header + "plain:1,cli-plain,2024-01-01,pledge,El País,MDA,hawk,1,launcher\n");

        var aborted = await facts.RunAsync("load", "excel.csv", "--errors", "refused.csv");
        var skipped = await facts.RunAsync("load", "plain.csv", "--errors", "skipped.csv", "--on-error", "skip");

        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(facts.PathOf("refused.csv")).Take(3).Select(b => (int)b));
        Assert.StartsWith("external_id,", File.ReadAllText(facts.PathOf("skipped.csv")));
        Assert.Equal('e', (char)File.ReadAllBytes(facts.PathOf("skipped.csv"))[0]);
        Assert.Contains("El País", File.ReadAllText(facts.PathOf("refused.csv")));
        Assert.EndsWith("nothing is stored, so correct excel.csv; or load it with --on-error skip, then correct and load refused.csv\n", aborted.Error);
        Assert.EndsWith("correct them there and load skipped.csv\n", skipped.Error);
    }

    [Fact]
    public async Task A_load_says_how_many_pairs_wait_for_review()
    {
        string Report(int id, int number) =>
            $$"""{"external_id":"review:{{id}}","article_url":"https://example{{id}}.org/review","article_publisher":"P{{id}}","article_published_on":"2024-05-0{{id}}","kind":"delivery","donors":["LVA"],"recipient":"MDA","items":["hawk"],"quantity":{{number}},"unit":"missile"}""";

        var alone = await facts.RunAsync("load", facts.Write("one.ndjson", Report(1, 700)));
        var dry = await facts.RunAsync("load", facts.Write("two.ndjson", Report(2, 750)), "--dry-run");
        var twice = await facts.RunAsync("load", facts.Write("two.ndjson", Report(2, 750)));

        Assert.DoesNotContain("review:", dry.Output);
        Assert.Equal(Pairs(alone) + 1, Pairs(twice));

        static int Pairs(CommandResult ended) =>
            Regex.Match(ended.Output, @"\nreview: (\d+) pairs? in the store may be one thing told twice; see /v1/review\n$") is { Success: true } line
                ? int.Parse(line.Groups[1].Value) : 0;
    }

    [Fact]
    public async Task The_options_of_csv_settle_its_numbers_and_missing_values_and_changed_its_new_numbers()
    {
        string File(string day, string number) => "external_id;article_external_id;article_published_on;kind;donors;recipient;items;quantity;unit;stated_on;note\n"
            + $"csv:1;cli-csv;{day};pledge;LVA;MDA;hawk;{number};launcher;2024-01-01;n/a\n";
        var file = facts.Write("numbers.csv", File("2024-01-31", "10.000"));

        var refused = await facts.RunAsync("load", file, "--na", "N/A");
        var loaded = await facts.RunAsync("load", file, "--na", "N/A", "--na", "nan", "--decimal", "comma");
        var amended = await facts.RunAsync("load", facts.Write("numbers.csv", File("2024-06-30", "9.000")), "--na", "N/A", "--decimal", "comma", "--changed", "amend");

        Assert.Equal(1, refused.Code);
        Assert.Contains("'10.000' can be 10 or 10000", refused.Error);
        Assert.Equal(0, loaded.Code);
        Assert.Equal(0, amended.Code);
        var claims = (await facts.RunAsync("export", "claims", "article_external_id=cli-csv", "--format", "ndjson")).Output;
        Assert.Contains("\"quantity_low\":10000,", claims);
        Assert.Contains("\"external_id\":\"changed:csv:1:2024-06-30\"", claims);
        Assert.Contains("\"note\":null", claims);
    }

    [Fact]
    public async Task Created_parties_are_listed_and_only_what_the_option_names_is_created()
    {
        var file = facts.Write("made.ndjson", Pledge("made:1", "Latvian Relief", ""));

        var items = await facts.RunAsync("load", file, "--create-only", "items");
        var parties = await facts.RunAsync("load", file, "--create-only", "parties");
        var both = await facts.RunAsync("load", file, "--create-missing", "--create-only", "items");

        Assert.Equal(1, items.Code);
        Assert.Equal(0, parties.Code);
        Assert.Contains("made.ndjson: created 1 party: latvian-relief (Latvian Relief)\n", parties.Output);
        Assert.Contains("--create-missing and --create-only exclude each other", both.Error);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing()
    {
        var file = facts.Write("dry.ndjson", Pledge("dry:1"));

        var ended = await facts.RunAsync("load", file, "--dry-run");

        Assert.Equal(0, ended.Code);
        Assert.StartsWith("dry.ndjson: 1 rows: 1 created, 0 updated, 0 unchanged, 0 failed; only checked, nothing is written\n", ended.Output);
        Assert.Contains("balances that would change: 1\n", ended.Output);
        Assert.DoesNotContain("dry:1", (await facts.RunAsync("export", "claims", "recipient=MDA")).Output);
    }

    [Fact]
    public async Task The_standard_input_is_a_file_too_and_gzip_is_seen()
    {
        await using (var gzip = new GZipStream(File.Create(facts.PathOf("zipped.ndjson.gz")), CompressionLevel.Fastest))
        await using (var writer = new StreamWriter(gzip))
            await writer.WriteLineAsync(Pledge("zipped:1"));

        var read = await facts.TypeAsync("facts load - < zipped.ndjson.gz");
        var named = await facts.RunAsync("load", "zipped.ndjson.gz", "--again");

        Assert.Equal(0, read.Code);
        Assert.StartsWith("stdin: 1 rows: 1 created", read.Output);
        Assert.StartsWith("zipped.ndjson.gz: 1 rows: 0 created, 0 updated, 1 unchanged", named.Output);
    }

    [Fact]
    public async Task A_cut_connection_is_tried_again()
    {
        var file = facts.Write("cut.ndjson", [.. Enumerable.Range(1, 200).Select(i => Pledge($"cut:{i}"))]);
        await using var proxy = new CuttingProxy(facts.Address, cuts: 2, after: 20_000, answers: false);

        var ended = await facts.RunAsync("load", file, "--server", proxy.Address);

        Assert.Equal((0, 3), (ended.Code, proxy.Connections));
        Assert.Contains("the connection was lost", ended.Error);
        Assert.StartsWith("cut.ndjson: 200 rows: 200 created", ended.Output);
    }

    [Fact]
    public async Task An_import_whose_answer_was_lost_is_not_done_twice()
    {
        var file = facts.Write("lost.ndjson", Pledge("lost:1"), Pledge("lost:2"));
        // After the interim answer that allows the body.
        await using var proxy = new CuttingProxy(facts.Address, cuts: 1, after: 100, answers: true);

        var ended = await facts.RunAsync("load", file, "--mode", "insert", "--server", proxy.Address);
        var resumed = await facts.RunAsync("load", file, "--mode", "insert");
        var again = await facts.RunAsync("load", file, "--mode", "insert", "--again");

        // The second answer repeats the first one. It is no refusal of rows that exist already.
        Assert.Equal(0, ended.Code);
        Assert.StartsWith("lost.ndjson: 2 rows: 2 created", ended.Output);
        Assert.Equal((0, ended.Output), (resumed.Code, resumed.Output));
        Assert.Contains("was loaded before", resumed.Error);
        Assert.Equal(0, again.Code);
        Assert.StartsWith("lost.ndjson: 2 rows: 0 created", again.Output);
    }

    [Fact]
    public async Task A_path_that_is_no_file_is_refused_and_the_files_after_it_are_loaded()
    {
        File.WriteAllText(facts.PathOf("empty.ndjson"), "");
        var ended = await facts.RunAsync("load", "empty.ndjson", facts.Write("after.ndjson", Pledge("after:1")));

        ended.HasCode(1);
        Assert.StartsWith("empty.ndjson", ended.Error);
        Assert.Contains("empty.ndjson: refused; nothing was stored\nafter.ndjson: 1 rows: 1 created", ended.Output);
    }

    /// <summary>A list of pledges. A long one has a recipient of its own: each import computes the facts of all pledges to its recipient again.</summary>
    static string[] Table(string article, int rows, Func<int, string>? donor = null, string recipient = "GEO") =>
    [
        "external_id,article_url,article_published_on,kind,donors,recipient,items,quantity,unit",
        .. Enumerable.Range(1, rows).Select(i => $"{i},https://example.org/{article},2024-05-01,pledge,{donor?.Invoke(i) ?? "LVA"},{recipient},hawk,{i},launcher"),
    ];

    [Fact]
    public async Task A_large_file_is_queued_and_waited_for_and_its_mistakes_are_named_by_line()
    {
        var file = facts.Write("large.csv", Table("cli-large", 2_500, i => i is 17 or 2_300 ? "LVX" : "LVA", "ARM"));

        var refused = await facts.RunAsync("load", file);
        var skipped = await facts.RunAsync("load", file, "--on-error", "skip");

        refused.HasCode(1);
        Assert.Equal("large.csv: 2500 rows: 0 created, 0 updated, 0 unchanged, 2 failed; nothing is written\n", refused.Output);
        foreach (var ended in new[] { refused, skipped })
            Assert.Collection(ended.Error.Split('\n')
                .Where(line => line.StartsWith("large.csv:1", StringComparison.Ordinal) || line.StartsWith("large.csv:2", StringComparison.Ordinal)),
                line => Assert.StartsWith("large.csv:18 donors ", line), line => Assert.StartsWith("large.csv:2301 donors ", line));
        Assert.Equal(1, skipped.Code);
        Assert.StartsWith("large.csv: 2500 rows: 2498 created, 0 updated, 0 unchanged, 2 failed\n", skipped.Output);
    }

    [Fact]
    public async Task A_large_import_retried_after_a_cut_connection_stays_one_import()
    {
        var file = facts.Write("queued.csv", Table("cli-queued", 2_500, recipient: "AZE"));
        await using var proxy = new CuttingProxy(facts.Address, cuts: 2, after: 50_000, answers: false);

        var ended = await facts.RunAsync("load", file, "--server", proxy.Address);
        var resumed = await facts.RunAsync("load", file);

        Assert.Equal(0, ended.Code);
        Assert.Contains("the connection was lost", ended.Error);
        Assert.StartsWith("queued.csv: 2500 rows: 2500 created, 0 updated, 0 unchanged, 0 failed\n", ended.Output);
        Assert.Equal((0, ended.Output), (resumed.Code, resumed.Output));
        Assert.Contains("was loaded before", resumed.Error);
    }

    [Fact]
    public async Task A_claim_missing_from_a_new_edition_of_a_list_is_cancelled()
    {
        await facts.RunAsync("load", facts.Write("edition.csv", Table("cli-edition", 2)));
        facts.Write("edition.csv", Table("cli-edition", 1));

        var ended = await facts.RunAsync("load", "edition.csv", "--missing", "cancel");

        Assert.Equal(0, ended.Code);
        Assert.StartsWith("edition.csv: 1 rows: 0 created, 0 updated, 1 unchanged, 0 failed, 1 dropped\nedition.csv: dropped 2, cancelled: pledge, LVA → GEO, hawk, 2 launcher\nbalances changed: 1\n", ended.Output);
        // Others of the class may have cancelled some of the same before.
        var moved = System.Text.RegularExpressions.Regex.Match(ended.Output, @"cancelled (\d+) → (\d+)");
        Assert.Equal(2, int.Parse(moved.Groups[2].Value) - int.Parse(moved.Groups[1].Value));
    }

    [Theory]
    [InlineData("withdraw", "withdrawn")]
    [InlineData("cancel", "cancelled")]
    public async Task Dropped_claims_are_listed_and_the_command_says_how_to_get_the_rest(string missing, string became)
    {
        var list = $"long-{missing}.csv";
        await facts.RunAsync("load", facts.Write(list, Table("cli-long-" + missing, 25)));
        facts.Write(list, Table("cli-long-" + missing, 3));

        var ended = await facts.RunAsync("load", list, "--missing", missing);

        var dropped = ended.Output.Split('\n').Where(line => line.StartsWith($"{list}: dropped ", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(20, dropped.Count);
        Assert.Subset(Enumerable.Range(4, 22).Select(i => $"{list}: dropped {i}, {became}: pledge, LVA → GEO, hawk, {i} launcher").ToHashSet(), dropped);
        var more = Assert.Single(ended.Output.Split('\n'), line => line.StartsWith($"{list}: … and 2 more; ", StringComparison.Ordinal));
        var all = await facts.TypeAsync(more[(more.IndexOf("; ", StringComparison.Ordinal) + 2)..more.IndexOf(" gives ", StringComparison.Ordinal)]
            + " fields=external_id header=false");
        Assert.Equal((0, ""), (all.Code, all.Error));
        var prefix = missing == "cancel" ? "dropped:" : "";
        Assert.Equal(Enumerable.Range(4, 22).Select(i => $"{prefix}{i}"),
            all.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).OrderBy(id => int.Parse(id[prefix.Length..])));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1_001, 1_002)]
    public async Task An_earlier_edition_of_a_list_comes_back(int earlier, int later)
    {
        var (first, second) = (Table($"cli-back-{earlier}", earlier, recipient: "MNG"), Table($"cli-back-{earlier}", later, recipient: "MNG"));
        var list = $"back-{earlier}.csv";
        Task<CommandResult> LoadAsync(string[] edition) => facts.RunAsync("load", facts.Write(list, edition), "--missing", "withdraw");
        await LoadAsync(first);
        await LoadAsync(second);

        var back = await LoadAsync(first);
        var same = await LoadAsync(first);

        Assert.Equal(0, back.Code);
        Assert.Matches($@"^{list}: this file was loaded before, at [-0-9: ]+Z; the data has changed since, or the load was refused, so it is loaded again\n",
            back.Error);
        Assert.StartsWith($"{list}: {earlier} rows: 0 created, 0 updated, {earlier} unchanged, 0 failed, 1 dropped\n{list}: dropped {later}, withdrawn: pledge, ", back.Output);
        var left = await facts.RunAsync("export", "claims", $"article_url=https://example.org/cli-back-{earlier}", "fields=external_id", "header=false");
        Assert.Equal(earlier, left.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(0, same.Code);
        Assert.Contains("so it is loaded again", same.Error);
        Assert.StartsWith($"{list}: {earlier} rows: 0 created, 0 updated, {earlier} unchanged, 0 failed\n", same.Output);
    }

    [Fact]
    public async Task A_refused_queued_import_is_validated_again_when_it_is_repeated()
    {
        var file = facts.Write("mended.csv", Table("cli-mended", 1_001, _ => "Mended Alliance"));
        var refused = await facts.RunAsync("load", file);
        using var http = new HttpClient { DefaultRequestHeaders = { { "Authorization", "Bearer " + facts.Key } } };
        using var made = await http.PostAsync(facts.Address + "/v1/parties",
            new StringContent("""{"code":"mended-alliance","name":"Mended Alliance","kind":"alliance"}""", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
        Assert.True(made.IsSuccessStatusCode, await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        var loaded = await facts.RunAsync("load", file);

        Assert.Equal(1, refused.Code);
        Assert.Equal(0, loaded.Code);
        Assert.StartsWith("mended.csv: 1001 rows: 1001 created", loaded.Output);
    }
}
