using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using Facts.Cli;

// Names of parties and the signs of intervals are not ASCII. There is no byte order mark, because other programs read the output.
if (Console.IsOutputRedirected || OperatingSystem.IsWindows()) Console.OutputEncoding = new UTF8Encoding(false);

var facts = new Command("facts", "Loads, exports, compares and checks the promises and deliveries of a Facts service.")
{
    Settings.ServerOption,
    Settings.KeyOption,
    Settings.KeyFileOption,
    LoadCommand.Make(),
    ExportCommand.Make(),
    BalanceCommand.Make(),
    VerifyCommand.Make(),
    new VersionOption(),
    Help.Option(),
};
try
{
    var parsed = facts.Parse(args);
    var errors = UnknownOptions.In(parsed).ToList();
    if (errors.Count == 0 && parsed.Action is not ParseErrorAction) return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
    // Other errors are often consequences of an unknown option, so they are printed only without one.
    if (errors.Count == 0)
        errors = [.. parsed.Errors.Select(e => string.Join(' ', e.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Distinct()];
    foreach (var error in errors)
        await Console.Error.WriteLineAsync("facts: " + error);
    await Console.Error.WriteLineAsync($"See {Help.Path(parsed.CommandResult)} --help.");
    return ExitCode.CannotRun;
}
catch (CommandException refusal)
{
    await Console.Error.WriteLineAsync("facts: " + refusal.Message);
    return ExitCode.CannotRun;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("facts: stopped");
    return ExitCode.CannotRun;
}
