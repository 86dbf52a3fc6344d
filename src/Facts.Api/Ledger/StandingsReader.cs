using Facts.Api.Database;

namespace Facts.Api.Ledger;

/// <summary>Facts as they stood on any day, from what was known at any time: computed from the claims of the neighbourhoods asked for.</summary>
internal static class StandingsReader
{
    /// <summary>As they are on no day yet.</summary>
    /// <param name="database">Where the claims are.</param>
    /// <param name="evidence">Which claims.</param>
    /// <param name="policy">How vague words are read.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="names">Of what: facts of others may be among them, as far as they have a say.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<Resolution> ResolvedAsync(
        FactsContext database, Evidence evidence, VaguePolicy policy, ItemTree items, NameFilter names, CancellationToken cancel) =>
        await OfAsync(database, await Neighbourhoods.AskedAsync(database, names, cancel), evidence, policy, items, cancel);

    /// <summary>The fact that a claim is about with all that has a say in it; nothing where there is no such claim.</summary>
    public static async Task<Resolution> AboutAsync(FactsContext database, long claim, Evidence evidence, ItemTree items, CancellationToken cancel) =>
        await OfAsync(database, await Neighbourhoods.AboutAsync(database, claim, cancel), evidence, VaguePolicy.Acled, items, cancel);

    static async Task<Resolution> OfAsync(FactsContext database, string[] scopes, Evidence evidence, VaguePolicy policy, ItemTree items, CancellationToken cancel)
    {
        var claims = await ClaimStore.ReadAsync(database, scopes, evidence, policy, cancel);
        return Resolution.Of(claims, items, await Decisions.AtAsync(database, evidence.KnownAt, cancel));
    }
}
