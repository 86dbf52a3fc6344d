using System.CommandLine;

namespace Facts.Cli;

/// <summary><c>facts load</c>: uploads files of claims, shows the progress, and prints the report.</summary>
internal static class LoadCommand
{
    public const string Examples =
        """
          facts load claims.csv --dry-run
          facts load claims.csv more.ndjson --create-missing
          facts load claims.csv --on-error skip --errors refused.csv
          gzip -c claims.ndjson | facts load -
        """;

    static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "CSV, NDJSON or a JSON array, also compressed as .gz; - is the standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check the file and report all effects, but store nothing" };

    static readonly Option<bool> CreateMissing = new("--create-missing") { Description = "Create parties and items that are not in the catalogue" };

    static readonly Option<string?> CreateOnly = Word("create-only", "Create only parties, or only items, that are not in the catalogue", "parties", "items");

    static readonly Option<string?>[] Words =
    [
        Word("mode", "A claim that is stored already: replace it, refuse the row, or leave it; default upsert", "upsert", "insert", "ignore"),
        Word("on-error", "A row is refused: store nothing, or store the others; default abort", "abort", "skip"),
        Word("missing", "Stored claims of the file's articles that are missing in the file; default keep", "keep", "withdraw", "cancel"),
        Word("resolve", "Merge claims into one fact: by their content, or only by their keys; default auto", "auto", "keyed"),
        Word("changed", "Another number of a stored pledge: correct the record, or amend the pledge; default correct", "correct", "amend"),
        Word("decimal", "CSV: the decimal sign of numbers, in case 1.500 could be 1500; thousands may then be separated", "point", "comma"),
    ];

    static readonly Option<string[]> Na = new("--na")
    {
        HelpName = "TEXT",
        Description = "CSV: a text of cells that mean nothing, such as NA; may be repeated",
    };

    static readonly Option<string?> Errors = new("--errors")
    {
        HelpName = "FILE",
        Description = "Write refused rows to this CSV with an error column; correct them and load the file",
    };

    static readonly Option<bool> NoWait = new("--no-wait") { Description = "Return as soon as the service has the file; the import runs in the background" };

    static readonly Option<bool> Wait = new("--wait") { Description = "Wait until the import is done; the default" };

    static readonly Option<bool> Again = new("--again")
    {
        Description = "Always load the file again; without this an equal load of the last day is resumed, unless it was refused or data was written since",
    };

    static readonly Option<int> Patience = new("--patience")
    {
        HelpName = "SECONDS",
        Description = "Retry a lost connection for this long",
        DefaultValueFactory = _ => 120,
    };

    public static Command Make()
    {
        var command = new Command("load", "Load files of claims") { Files, DryRun, CreateMissing, CreateOnly, Na, Errors, Wait, NoWait, Again, Patience };
        foreach (var option in Words) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Wait) && result.GetValue(NoWait)) result.AddError("--wait and --no-wait exclude each other");
            if (result.GetValue(CreateMissing) && result.GetValue(CreateOnly) is not null)
                result.AddError("--create-missing and --create-only exclude each other");
            if (result.GetValue(Errors) is not null && result.GetValue(Files) is { Length: > 1 }) result.AddError("--errors works with one file only");
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
                .. new[] { parsed.GetValue(CreateOnly) }.OfType<string>().Select(only => ("create_missing", only)),
                .. (parsed.GetValue(Na) ?? []).Select(text => ("na", text)),
                .. new[] { (DryRun, "dry_run"), (CreateMissing, "create_missing"), (NoWait, "async") }
                    .Where(o => parsed.GetValue(o.Item1)).Select(o => (o.Item2, "true")),
            ],
            parsed.GetValue(DryRun), !parsed.GetValue(NoWait), parsed.GetValue(Again),
            TimeSpan.FromSeconds(parsed.GetValue(Patience)), parsed.GetValue(Errors));
        var names = parsed.GetValue(Files)!;
        if (names.Select(InputFile.Refusal).OfType<string>().Distinct().ToList() is { Count: > 0 } refusals)
            throw new CommandException($"nothing was sent, because not all files can be read:{string.Concat(refusals.Select(r => $"\n  {r}"))}");
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
