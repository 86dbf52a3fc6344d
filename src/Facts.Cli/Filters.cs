using System.CommandLine;

namespace Facts.Cli;

/// <summary>Parses filters of the command line, <c>name=value</c>. The names are those of the HTTP parameters.</summary>
internal static class Filters
{
    public static Argument<string[]> Argument() => new("FILTER")
    {
        Description = "Parameters of the HTTP interface as name=value, such as donor=DEU or stated_on__gte=2024-01-01",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static IEnumerable<(string Name, string Value)> Read(IEnumerable<string>? typed)
    {
        foreach (var filter in typed ?? [])
        {
            var at = filter.IndexOf('=');
            if (at < 1) throw new CommandException($"'{filter}' is not a filter; a filter looks like donor=DEU");
            yield return (filter[..at], filter[(at + 1)..]);
        }
    }
}
