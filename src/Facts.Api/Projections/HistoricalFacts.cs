using Facts.Api.Database;

namespace Facts.Api.Projections;

/// <summary>Computes the facts of any day, as known at any moment, from the claims of the partitions that a query needs.</summary>
internal static class HistoricalFacts
{
    /// <summary>The facts of the parties, items and units in a query, not yet evaluated for a day. Other facts of the same partitions are among them.</summary>
    /// <param name="database">The store.</param>
    /// <param name="selection">Record time, attributions and publishers of the claims.</param>
    /// <param name="policy">The numbers that stand for vague words such as "dozens".</param>
    /// <param name="items">The item tree.</param>
    /// <param name="names">The parties, items and units.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public static async Task<Resolution> ResolveAsync(
        FactsContext database, ClaimSelection selection, VaguePolicy policy, ItemTree items, NameFilter names, CancellationToken cancel) =>
        await ResolvePartitionsAsync(database, await Partitions.ForQueryAsync(database, names, cancel), selection, policy, items, cancel);

    /// <summary>The fact that a claim is about, with all facts that can affect it. Empty where the claim does not exist.</summary>
    public static async Task<Resolution> ResolveAroundClaimAsync(
        FactsContext database, long claim, ClaimSelection selection, ItemTree items, CancellationToken cancel) =>
        await ResolvePartitionsAsync(database, await Partitions.OfClaimAsync(database, claim, cancel), selection, VaguePolicy.Acled, items, cancel);

    static async Task<Resolution> ResolvePartitionsAsync(
        FactsContext database, string[] partitions, ClaimSelection selection, VaguePolicy policy, ItemTree items, CancellationToken cancel)
    {
        var claims = await ClaimStore.ReadAsync(database, partitions, selection, policy, cancel);
        return Resolution.From(claims, items, await Decisions.AtAsync(database, selection.KnownAt, cancel));
    }
}
