using System.CommandLine;

namespace Facts.Cli;

/// <summary>Filters as they are typed: <c>name=value</c>, with the names that the interface has.</summary>
internal static class Filters
{
    public static Argument<string[]> Argument() => new("FILTER")
    {
        Description = "Filters and other parameters of the interface, as name=value: donor=DEU, stated_on__gte=2024-01-01",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static IEnumerable<(string Name, string Value)> Read(IEnumerable<string>? typed)
    {
        foreach (var filter in typed ?? [])
        {
            var at = filter.IndexOf('=');
            if (at < 1) throw new CommandException($"'{filter}' is no filter; one looks like donor=DEU");
            yield return (filter[..at], filter[(at + 1)..]);
        }
    }
}
