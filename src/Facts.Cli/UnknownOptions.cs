using System.CommandLine;
using System.CommandLine.Parsing;

namespace Facts.Cli;

/// <summary>What begins with a dash and is no option. Where a command takes any number of files or filters the parser makes it one of them.</summary>
internal static class UnknownOptions
{
    /// <summary>A line for each, with the option that is nearest. What stands behind <c>--</c> is meant as it is.</summary>
    public static IEnumerable<string> In(ParseResult parsed) =>
        from token in parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash)
        where token is { Type: TokenType.Argument, Value: ['-', _, ..] }
        // Every letter is near to every other.
        let nearest = token.Value.Length > 2 ? Nearest(parsed.CommandResult, token.Value.Split('=')[0]) : null
        select $"'{token.Value}' is no option{(nearest is null ? "" : $", did you mean '{nearest}'")}; what really begins with a dash goes behind --";

    /// <summary>The parser's own suggestion. It has one only for what it finds no place for, so a command is asked that has the options and takes nothing.</summary>
    static string? Nearest(CommandResult result, string typed)
    {
        var bare = new Command(result.Command.Name);
        foreach (var option in Options(result)) bare.Add(option);
        using var said = new StringWriter();
        bare.Parse([typed]).Invoke(new InvocationConfiguration { Output = said, Error = TextWriter.Null });
        return said.ToString().Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line => bare.Options.Any(o => o.Name == line || o.Aliases.Contains(line)));
    }

    static IEnumerable<Option> Options(CommandResult result) =>
        result.Parent is CommandResult parent ? result.Command.Options.Concat(Options(parent).Where(o => o.Recursive)) : result.Command.Options;
}
