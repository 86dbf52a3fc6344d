using System.CommandLine;

namespace Facts.Cli;

/// <summary><c>facts export</c>: writes all rows of a list to a file or to the standard output.</summary>
internal static class ExportCommand
{
    public const string Examples =
        """
          facts export claims -o claims.csv
          facts export claims recipient=UKR stated_on__gte=2024-01-01 --format ndjson > claims.ndjson
          facts export commitments overdue=true as_of=2025-01-01
          facts export items --format json -o items.json
        """;

    /// <summary>The number of attempts in all if the connection breaks.</summary>
    const int Attempts = 5;

    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    static readonly string[] Nouns = ["claims", "commitments", "deliveries", "requests", "articles", "parties", "items", "perimeters", "balances"];
    static readonly string[] Formats = ["csv", "ndjson", "json", "parquet", "xlsx"];

    static readonly Argument<string> Noun = new Argument<string>("WHAT") { Description = "One of " + string.Join(", ", Nouns) };

    static readonly Argument<string[]> Filter = Filters.Argument();

    static readonly Option<string?> Format = new("--format", "-f") { Description = "Format of the file; default: the ending of its name, else csv" };

    static readonly Option<string?> Output = new("--output", "-o") { HelpName = "FILE", Description = "File to write; default: standard output" };

    public static Command Make()
    {
        Noun.AcceptOnlyFromAmong(Nouns);
        Format.AcceptOnlyFromAmong(Formats);
        var command = new Command("export", "Write all claims, facts or balances to a file or to the standard output") { Noun, Filter, Format, Output };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var file = parsed.GetValue(Output) is { } named and not "-" ? named : null;
        var format = parsed.GetValue(Format) ?? Formats.FirstOrDefault(f => file?.EndsWith("." + f, StringComparison.OrdinalIgnoreCase) == true) ?? "csv";
        if (file is null && !Console.IsOutputRedirected && format is ("parquet" or "xlsx"))
            throw new CommandException($"{format} cannot be printed on a terminal; name a file with -o");
        using var server = new Server(Settings.From(parsed));
        // The service sends JSON in pages. NDJSON comes as a whole and from one state of the store, so it is fetched and turned into an array here.
        var wire = format == "json" ? "ndjson" : format;
        var address = server.Address("v1/" + parsed.GetValue(Noun), [.. Filters.Read(parsed.GetValue(Filter)), ("format", wire)]);
        for (var (attemptsLeft, pause) = (Attempts, FirstPause); ; pause *= 2)
        {
            var hasBegun = false;
            try
            {
                using var answer = await server.GetAsync(address, cancel);
                await using var rows = await answer.Content.ReadAsStreamAsync(cancel);
                hasBegun = file is null;
                if (file is null) await ToOutputAsync(rows, format, cancel);
                else await AtomicFile.WriteAsync(file, output => CopyAsync(rows, output, format, cancel));
                return ExitCode.Done;
            }
            // An answer has all its rows from one state of the store. The rest of another answer would not fit to the beginning of this one.
            catch (CommandException refusal) when (!hasBegun && --attemptsLeft > 0 && server.IsCut(refusal.InnerException))
            {
                await Console.Error.WriteLineAsync($"the connection was lost ({refusal.InnerException!.Message}); trying again from the beginning");
            }
            await Task.Delay(pause, cancel);
        }
    }

    static async Task ToOutputAsync(Stream rows, string format, CancellationToken cancel)
    {
        try
        {
            await CopyAsync(rows, Console.OpenStandardOutput(), format, cancel);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new CommandException($"the connection broke and the output is incomplete; with -o FILE the export is tried again: {cut.Message}", cut);
        }
    }

    static Task CopyAsync(Stream rows, Stream output, string format, CancellationToken cancel) =>
        format == "json" ? ArrayAsync(rows, output, cancel) : rows.CopyToAsync(output, cancel);

    static async Task ArrayAsync(Stream rows, Stream output, CancellationToken cancel)
    {
        using var lines = new StreamReader(rows);
        await using var array = new StreamWriter(output) { NewLine = "\n" };
        var before = "[";
        for (; await lines.ReadLineAsync(cancel) is { } line; before = ",")
        {
            await array.WriteLineAsync(before);
            await array.WriteAsync(line);
        }
        await array.WriteLineAsync(before == "[" ? "[]" : "\n]");
    }
}
