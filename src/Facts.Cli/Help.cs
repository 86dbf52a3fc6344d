using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Facts.Cli;

/// <summary>The usual help, and below it lines that can be typed as they stand.</summary>
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

    /// <summary>The command as it is typed.</summary>
    public static string Path(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : command.Command.Name;

    public override int Invoke(ParseResult parsed)
    {
        _usual.Invoke(parsed);
        var output = parsed.InvocationConfiguration.Output;
        if (Examples.TryGetValue(parsed.CommandResult.Command.Name, out var examples)) output.WriteLine($"Examples:\n{examples}\n");
        output.WriteLine($"Exit codes:\n  0 all done, 1 some was refused or differs, 2 could not run\n\n{Settings.Described}");
        return ExitCode.Done;
    }
}
