using System.CommandLine;
using System.Text.Json;

namespace Facts.Cli;

/// <summary><c>facts balance</c>: what was promised, has arrived and is outstanding, as a table.</summary>
internal static class BalanceCommand
{
    public const string Examples =
        """
          facts balance --recipient UKR --group-by donor
          facts balance --recipient UKR --item air-defence --group-by donor,item --as-of 2024-12-04
          facts balance --donor Germany --unit system firmness=committed
          facts balance --recipient UKR --json
        """;

    // In the interface's names; what has an option of its own is asked for most.
    static readonly Option<string[]>[] Asked =
    [
        Many("recipient", "-r", "Given to: code, name or alias"),
        Many("donor", "-d", "Given by, alone or jointly"),
        Many("item", "-i", "What, with all that is below it"),
        Many("unit", "-u", "Counted in"),
        Many("group-by", "-g", "A row for each donor, recipient, item, category, year_stated, year_due; several with commas"),
        One("as-of", "DAY", "As things stood at the end of this day; default today"),
        One("known-at", "INSTANT", "Only what was recorded by then"),
        One("min-stage", "STAGE", "Deliveries count from this stage on; default arrived"),
        One("links", "all|explicit", "Whether deliveries that name no commitment are matched"),
    ];

    static readonly Argument<string[]> Filter = Filters.Argument();

    static readonly Option<bool> Json = new("--json") { Description = "The service's answer as it is, for programs" };

    static readonly Option<bool> All = new("--all") { Description = "All measures and counts, also those that are nothing" };

    public static Command Make()
    {
        var command = new Command("balance", "Compare what was promised with what has arrived") { Filter, Json, All };
        foreach (var option in Asked) command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var server = new Server(Settings.From(parsed));
        var asked = Asked.SelectMany(option => parsed.GetValue(option) ?? [], (option, value) => (option.Name.TrimStart('-').Replace('-', '_'), value));
        var text = await server.GetTextAsync(server.Address("v1/balances", asked.Concat(Filters.Read(parsed.GetValue(Filter)))), cancel);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(text);
            return ExitCode.Done;
        }
        using var answer = JsonDocument.Parse(text);
        BalanceTable.Write(answer.RootElement, parsed.GetValue(All));
        return ExitCode.Done;
    }

    static Option<string[]> Many(string name, string alias, string meaning) => new("--" + name, alias) { HelpName = name.ToUpperInvariant(), Description = meaning };

    static Option<string[]> One(string name, string value, string meaning) => new("--" + name) { HelpName = value, Description = meaning };
}
