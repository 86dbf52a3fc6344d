using System.CommandLine;
using System.CommandLine.Parsing;

namespace Facts.Cli;

/// <summary>Finds arguments that begin with a dash and are not options. The parser would take them for files or filters.</summary>
internal static class UnknownOptions
{
    /// <summary>Returns a line for each unknown option, with the nearest known one. Arguments after <c>--</c> are not checked.</summary>
    public static IEnumerable<string> In(ParseResult parsed) =>
        from token in parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
        where token is { Type: TokenType.Argument, Value: ['-', _, ..] }
        // A single letter is similar to every other letter.
        let nearest = token.Value.Length > 2 ? Nearest(parsed.CommandResult, token.Value.Split('=')[0]) : null
        select $"'{token.Value}' is not an option{(nearest is null ? "" : $", did you mean '{nearest}'")}; an argument that begins with a dash goes after --";

    /// <summary>
    /// The parser's own suggestion. It suggests only for arguments that it cannot place, so it parses with a command that has the options and no
    /// arguments.
    /// </summary>
    static string? Nearest(CommandResult result, string typed)
    {
        var bare = new Command(result.Command.Name);
        foreach (var option in Options(result)) bare.Add(option);
        using var output = new StringWriter();
        bare.Parse([typed]).Invoke(new InvocationConfiguration { Output = output, Error = TextWriter.Null });
        return output.ToString().Split('\n', StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => bare.Options.Any(o => o.Name == line || o.Aliases.Contains(line)));
    }

    static IEnumerable<Option> Options(CommandResult result) =>
        result.Parent is CommandResult parent ? result.Command.Options.Concat(Options(parent).Where(o => o.Recursive)) : result.Command.Options;
}
