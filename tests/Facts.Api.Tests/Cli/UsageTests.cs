using System.Text.RegularExpressions;

namespace Facts.Api.Tests.Cli;

public sealed partial class UsageTests(CommandLine facts) : IClassFixture<CommandLine>
{
    [Fact]
    public async Task A_command_that_cannot_run_exits_with_2_and_says_why_in_one_line()
    {
        Dictionary<string, string> here = new() { ["FACTS_SERVER"] = facts.Address }, nowhere = new() { ["FACTS_SERVER"] = "http://localhost:1" };
        var file = facts.Write("one.ndjson", "{}");
        (string Why, Dictionary<string, string> Environment, string[] Arguments)[] cases =
        [
            ("no answer from http://localhost:1: Connection refused", nowhere, ["verify"]),
            ("no answer from http://localhost:1: Connection refused", nowhere, ["load", file]),
            ("401, key_required", here, ["load", file]),
            ("401, key_required", here, ["verify"]),
            ("401, bad_key", here, ["export", "claims", "--key", "fct_wrong"]),
            ("Could not find file", here, ["load", "nothing.csv"]),
            ("'ftp://x' is not the address of a service", here, ["verify", "--server", "ftp://x"]),
            ("'donor' is not a filter", here, ["export", "claims", "donor"]),
            ("Unrecognized command or argument 'fly'", here, ["fly"]),
            ("'some' not recognized", here, ["load", file, "--mode", "some"]),
            ("exclude each other", here, ["load", file, "--wait", "--no-wait"]),
            ("'FILE' missing", here, ["load"]),
        ];
        foreach (var (why, environment, arguments) in cases)
        {
            var ended = await facts.RunWithAsync(environment, arguments);
            Assert.True(ended.Code == 2, $"{string.Join(' ', arguments)} ended with {ended.Code}");
            Assert.Equal("", ended.Output);
            Assert.StartsWith("facts: ", ended.Error);
            Assert.Contains(why, ended.Error);
        }
    }

    [Fact]
    public async Task A_mistyped_option_is_not_read_as_a_file_and_nothing_is_sent()
    {
        facts.Write("typed.ndjson", LoadTests.Pledge("typed:1"));
        (string Message, string[] Arguments)[] cases =
        [
            ("'--dryrun' is not an option, did you mean '--dry-run'", ["load", "typed.ndjson", "--dryrun"]),
            ("'--dryrun=true' is not an option, did you mean '--dry-run'", ["load", "--dryrun=true", "typed.ndjson"]),
            ("'--dryrun' is not an option, did you mean '--dry-run'", ["load", "typed.ndjson", "--errors", "--dryrun"]),
            ("'--sever' is not an option, did you mean '--server'", ["load", "typed.ndjson", "--sever", facts.Address]),
            ("'-x' is not an option;", ["load", "typed.ndjson", "-x"]),
            ("'--formt' is not an option, did you mean '--format'", ["export", "claims", "--formt", "json"]),
            ("'--grup-by' is not an option, did you mean '--group-by'", ["balance", "--grup-by", "donor"]),
            ("'--keyy' is not an option, did you mean '--key'", ["verify", "--keyy", "x"]),
        ];
        foreach (var (message, arguments) in cases)
        {
            var ended = await facts.RunAsync(arguments);
            Assert.Equal((2, ""), (ended.Code, ended.Output));
            Assert.Equal($"facts: {message.TrimEnd(';')}; an argument that begins with a dash goes after --\nSee facts {arguments[0]} --help.\n", ended.Error);
        }
        Assert.DoesNotContain("typed:1", (await facts.RunAsync("export", "claims", "recipient=MDA")).Output);

        facts.Write("--dryrun", LoadTests.Pledge("typed:2"));
        var meant = await facts.RunAsync("load", "--dry-run", "--", "--dryrun");
        Assert.Equal((0, ""), (meant.Code, meant.Error));
        Assert.StartsWith("--dryrun: 1 rows: 1 created", meant.Output);
    }

    [Fact]
    public async Task Nothing_is_sent_where_one_of_several_files_cannot_be_read()
    {
        facts.Write("sound.ndjson", LoadTests.Pledge("sound:1"));
        Directory.CreateDirectory(facts.PathOf("folder"));

        var ended = await facts.RunAsync("load", "sound.ndjson", "none.csv", "folder");

        Assert.Equal((2, ""), (ended.Code, ended.Output));
        Assert.Collection(ended.Error.TrimEnd().Split('\n'),
            line => Assert.Equal("facts: nothing was sent, because not all files can be read:", line),
            line => Assert.Matches("^  Could not find file '.*none.csv'", line),
            line => Assert.Equal("  'folder' is a folder.", line));
        Assert.DoesNotContain("sound:1", (await facts.RunAsync("export", "claims", "recipient=MDA")).Output);
    }

    [Fact]
    public async Task Options_go_before_the_environment_and_that_before_a_config_file()
    {
        var home = Directory.CreateDirectory(facts.PathOf("config/facts")).FullName;
        var beside = facts.PathOf("facts.json");
        try
        {
            File.WriteAllText(Path.Combine(home, "config.json"), $$"""{"server":"{{facts.Address}}","key":"{{facts.Key}}"}""");
            Assert.Equal(0, (await facts.RunWithAsync(new(), "verify")).Code);

            // Of two files the nearer, alone: the key of the other is not sent there.
            File.WriteAllText(beside, $$"""{"server":"{{facts.Address}}"}""");
            Assert.Contains("key_required", (await facts.RunWithAsync(new(), "verify")).Error);
            File.WriteAllText(facts.PathOf("key"), facts.Key + "\n");
            File.WriteAllText(beside, """{"server":"http://localhost:1","key_file":"key"}""");
            Assert.Contains("http://localhost:1", (await facts.RunWithAsync(new(), "verify")).Error);
            Assert.Equal(0, (await facts.RunWithAsync(new() { ["FACTS_SERVER"] = facts.Address }, "verify")).Code);
            Assert.Equal(0, (await facts.RunWithAsync(new() { ["FACTS_SERVER"] = "http://localhost:2" }, "verify", "--server", facts.Address)).Code);
            Assert.Contains("bad_key", (await facts.RunWithAsync(new() { ["FACTS_SERVER"] = facts.Address, ["FACTS_KEY"] = "wrong" }, "verify")).Error);

            File.WriteAllText(beside, $$"""{"sever":"{{facts.Key}}"}""");
            Assert.Contains("facts.json cannot be read; it may have server, key and key_file", (await facts.RunWithAsync(new(), "verify")).Error);
        }
        finally
        {
            File.Delete(beside);
            File.Delete(Path.Combine(home, "config.json"));
        }
    }

    [Theory]
    [InlineData("load", 4)]
    [InlineData("export", 4)]
    [InlineData("balance", 4)]
    [InlineData("verify", 1)]
    public async Task The_examples_of_the_help_work(string command, int count)
    {
        var lines = File.ReadAllLines(CommandLine.Sample);
        facts.Write("claims.ndjson", lines);
        facts.Write("more.ndjson", lines[..5]);
        await facts.TypeAsync("facts export claims -o claims.csv");

        var help = await facts.RunAsync(command, "--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        var examples = Example().Matches(help.Output[help.Output.IndexOf("Examples:", StringComparison.Ordinal)..]).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(count, examples.Count);
        foreach (var example in examples)
        {
            var ended = await facts.TypeAsync(example);
            Assert.True(ended.Code == 0, $"{example}: {ended.Code} {ended.Error}");
        }
    }

    [GeneratedRegex("^  (.*facts (?:load|export|balance|verify).*)$", RegexOptions.Multiline)]
    private static partial Regex Example();
}
