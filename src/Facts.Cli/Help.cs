using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Facts.Cli;

/// <summary>Prints the usual help, then examples that run as they are, then the exit codes.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    static readonly Dictionary<string, string> Examples = new()
    {
        ["load"] = LoadCommand.Examples,
        ["export"] = ExportCommand.Examples,
        ["balance"] = BalanceCommand.Examples,
        ["verify"] = VerifyCommand.Examples,
    };

    readonly HelpAction _usual;

    Help(HelpAction usual) => _usual = usual;

    public override bool ClearsParseErrors => true;

    public static Option Option()
    {
        var option = new HelpOption();
        option.Action = new Help((HelpAction)option.Action!);
        return option;
    }

    /// <summary>The command with its parents, as a person types it.</summary>
    public static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : command.Command.Name;

    public override int Invoke(ParseResult parsed)
    {
        _usual.Invoke(parsed);
        var output = parsed.InvocationConfiguration.Output;
        if (Examples.TryGetValue(parsed.CommandResult.Command.Name, out var examples)) output.WriteLine($"Examples:\n{examples}\n");
        output.WriteLine($"Exit codes:\n  0 all done, 1 rows were refused or differences found, 2 the command could not run\n\n{Settings.Described}");
        return ExitCode.Done;
    }
}
