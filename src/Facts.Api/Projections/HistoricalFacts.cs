using Facts.Api.Database;

namespace Facts.Api.Projections;

/// <summary>Facts as they stood on any day, from what was known at any time: computed from the claims of the partitions asked for.</summary>
internal static class HistoricalFacts
{
    /// <summary>As they are on no day yet.</summary>
    /// <param name="database">Where the claims are.</param>
    /// <param name="evidence">Which claims.</param>
    /// <param name="policy">How vague words are read.</param>
    /// <param name="items">The tree of items.</param>
    /// <param name="names">Of what: facts of others may be among them, as far as they have a say.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<Resolution> ResolveAsync(
        FactsContext database, ClaimSelection evidence, VaguePolicy policy, ItemTree items, NameFilter names, CancellationToken cancel) =>
        await ResolvePartitionsAsync(database, await Partitions.ForQueryAsync(database, names, cancel), evidence, policy, items, cancel);

    /// <summary>The fact that a claim is about with all that has a say in it; nothing where there is no such claim.</summary>
    public static async Task<Resolution> ResolveAroundClaimAsync(FactsContext database, long claim, ClaimSelection evidence, ItemTree items, CancellationToken cancel) =>
        await ResolvePartitionsAsync(database, await Partitions.OfClaimAsync(database, claim, cancel), evidence, VaguePolicy.Acled, items, cancel);

    static async Task<Resolution> ResolvePartitionsAsync(FactsContext database, string[] partitions, ClaimSelection evidence, VaguePolicy policy, ItemTree items, CancellationToken cancel)
    {
        var claims = await ClaimStore.ReadAsync(database, partitions, evidence, policy, cancel);
        return Resolution.From(claims, items, await Decisions.AtAsync(database, evidence.KnownAt, cancel));
    }
}
