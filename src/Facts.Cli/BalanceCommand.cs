using System.CommandLine;
using System.Text.Json;

namespace Facts.Cli;

/// <summary><c>facts balance</c>: shows as a table how much was promised, delivered and is outstanding.</summary>
internal static class BalanceCommand
{
    public const string Examples =
        """
          facts balance --recipient UKR --group-by donor
          facts balance --recipient UKR --item air-defence --group-by donor,item --as-of 2024-12-04
          facts balance --donor Germany --unit system firmness=committed
          facts balance --recipient UKR --json
        """;

    // The options have the names of the HTTP parameters. Other parameters are given as name=value.
    static readonly Option<string[]>[] Options =
    [
        Many("recipient", "-r", "Recipient: code, name or alias"),
        Many("donor", "-d", "Donor, alone or with others: code, name or alias"),
        Many("item", "-i", "Item, including all items below it"),
        Many("unit", "-u", "Unit, such as piece or system"),
        Many("group-by", "-g", "One row for each: donor, recipient, item, category, year_stated or year_due; separate several by commas"),
        One("as-of", "DAY", "State at the end of this day; default: today"),
        One("known-at", "INSTANT", "Use only claims that were recorded by this instant"),
        One("min-stage", "STAGE", "Count deliveries that have reached this stage; default: arrived"),
        One("links", "all|explicit", "all: also match deliveries that name no commitment; explicit: only those that name one"),
    ];

    static readonly Argument<string[]> Filter = Filters.Argument();

    static readonly Option<bool> Json = new("--json") { Description = "Print the JSON answer of the service unchanged, for programs" };

    static readonly Option<bool> All = new("--all") { Description = "Show all measures and counts, also those that are zero" };

    public static Command Make()
    {
        var command = new Command("balance", "Compare promises with deliveries") { Filter, Json, All };
        foreach (var option in Options) command.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        using var server = new Server(Settings.From(parsed));
        List<(string, string)> query =
        [
            .. Options.SelectMany(option => parsed.GetValue(option) ?? [], (option, value) => (option.Name.TrimStart('-').Replace('-', '_'), value)),
            .. Filters.Read(parsed.GetValue(Filter)),
        ];
        var text = await server.GetTextAsync(server.Address("v1/balances", query), cancel);
        if (parsed.GetValue(Json))
        {
            Console.Out.WriteLine(text);
            return ExitCode.Done;
        }
        using var answer = JsonDocument.Parse(text);
        BalanceTable.Write(answer.RootElement, parsed.GetValue(All));
        return ExitCode.Done;
    }

    static Option<string[]> Many(string name, string alias, string meaning) =>
        new("--" + name, alias) { HelpName = name.ToUpperInvariant(), Description = meaning };

    static Option<string[]> One(string name, string value, string meaning) => new("--" + name) { HelpName = value, Description = meaning };
}
