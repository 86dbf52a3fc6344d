using System.CommandLine;

namespace Facts.Cli;

/// <summary><c>facts load</c>: sends files of claims, shows how far they are, and says what became of them.</summary>
internal static class LoadCommand
{
    public const string Examples =
        """
          facts load claims.csv --dry-run
          facts load claims.csv more.ndjson --create-missing
          facts load claims.csv --on-error skip --errors mend.csv
          gzip -c claims.ndjson | facts load -
        """;

    static readonly Argument<string[]> Files = new("FILE") { Description = "CSV, NDJSON or a JSON array, also as .gz; - is the standard input", Arity = ArgumentArity.OneOrMore };

    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Do everything, report it, and take it back" };

    static readonly Option<bool> CreateMissing = new("--create-missing") { Description = "Make parties and items that are not known yet" };

    static readonly Option<string?>[] Words =
    [
        Word("mode", "A claim that is stored already is superseded, refused or left alone; default upsert", "upsert", "insert", "ignore"),
        Word("on-error", "Where a row is refused: load nothing, or the others; default abort", "abort", "skip"),
        Word("missing", "Claims of the file's articles that it no longer holds; default keep", "keep", "withdraw", "cancel"),
        Word("resolve", "Which claims are about one fact: found out, or only by their keys; default auto", "auto", "keyed"),
    ];

    static readonly Option<string?> Errors = new("--errors") { HelpName = "FILE", Description = "Where refused lines go as CSV with an error column, to be mended and sent again" };

    static readonly Option<bool> NoWait = new("--no-wait") { Description = "Leave as soon as the service has the file; it loads it by itself" };

    static readonly Option<bool> Wait = new("--wait") { Description = "Wait until it is loaded; the default" };

    static readonly Option<bool> Again = new("--again") { Description = "Load it anew in any case; else the same load is resumed, unless it was refused or something was written since" };

    static readonly Option<int> Patience = new("--patience") { HelpName = "SECONDS", Description = "How long a lost connection is tried again", DefaultValueFactory = _ => 120 };

    public static Command Make()
    {
        var command = new Command("load", "Load files of claims") { Files, DryRun, CreateMissing, Errors, Wait, NoWait, Again, Patience };
        foreach (var option in Words) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Wait) && result.GetValue(NoWait)) result.AddError("--wait and --no-wait contradict each other");
            if (result.GetValue(Errors) is not null && result.GetValue(Files) is { Length: > 1 }) result.AddError("--errors goes with one file");
        });
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var server = new Server(Settings.From(parsed));
        var options = new LoadOptions(
            [
                .. Words.Where(o => parsed.GetValue(o) is not null).Select(o => (o.Name.TrimStart('-').Replace('-', '_'), parsed.GetValue(o)!)),
                .. new[] { (DryRun, "dry_run"), (CreateMissing, "create_missing"), (NoWait, "async") }.Where(o => parsed.GetValue(o.Item1)).Select(o => (o.Item2, "true")),
            ],
            parsed.GetValue(DryRun), !parsed.GetValue(NoWait), parsed.GetValue(Again), TimeSpan.FromSeconds(parsed.GetValue(Patience)), parsed.GetValue(Errors));
        var names = parsed.GetValue(Files)!;
        if (names.Select(InputFile.Refusal).OfType<string>().Distinct().ToList() is { Count: > 0 } refusals)
            throw new CommandException($"nothing is sent, since not all can be read:{string.Concat(refusals.Select(r => $"\n  {r}"))}");
        var code = ExitCode.Done;
        foreach (var name in names)
        {
            using var file = await InputFile.OpenAsync(name, cancel);
            code = Math.Max(code, await new FileUpload(server, file, options).RunAsync(cancel));
        }
        return code;
    }

    static Option<string?> Word(string name, string meaning, params string[] words)
    {
        var option = new Option<string?>("--" + name) { HelpName = string.Join('|', words), Description = meaning };
        option.AcceptOnlyFromAmong(words);
        return option;
    }
}
