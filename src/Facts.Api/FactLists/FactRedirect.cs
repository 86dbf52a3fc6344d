using Facts.Api.Database;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>
/// Finds the fact that took over from a number that is no longer a fact's. A fact has the number of its first claim.
/// Example: facts 41 and 42 are merged into 41; the redirect of 42 leads to 41, which has claim 42 now.
/// </summary>
/// <param name="Claims">The number itself. If that claim no longer counts, also the claims that were of one fact with it when it stopped counting.</param>
/// <param name="FirstEditions">The numbers of the first editions of these claims, in their order.</param>
/// <param name="Key">The key that the claim gave the fact; null where it gave none.</param>
internal sealed record FactRedirect(long[] Claims, long[] FirstEditions, string? Key)
{
    public static async Task<FactRedirect> FindAsync(FactsContext database, long claim, FactKind kind, ItemTree items, CancellationToken cancel)
    {
        var formerFellows = new List<Claim>();
        if (await ClaimStore.EndedAsync(database, claim, cancel) is { } ended)
        {
            // PostgreSQL stores microseconds: one before its end, the claim still counted.
            var before = await HistoricalFacts.ResolveAroundClaimAsync(database, claim, new ClaimSelection(ended.AddMicroseconds(-1)), items, cancel);
            var former = before.Facts.FirstOrDefault(f => f.Kind == kind && f.Claims.Any(c => c.Id == claim || c.FirstEditionId == claim));
            formerFellows.AddRange(former?.Claims ?? []);
        }
        return new(
            [claim, .. formerFellows.Select(c => c.Id)],
            [claim, .. formerFellows.Select(c => c.FirstEditionId)],
            await ClaimStore.KeyAsync(database, claim, kind, cancel));
    }

    /// <summary>The fact among these that took over: first by the claim itself, then by its key, then by the former claims; null where none did.</summary>
    public TFact? FindSuccessor<TFact>(IReadOnlyCollection<TFact> facts) where TFact : Fact =>
        facts.FirstOrDefault(f => f.Claims.Any(c => c.FirstEditionId == FirstEditions[0] || c.Id == Claims[0]))
        ?? facts.FirstOrDefault(f => Key is not null && (f is Commitment commitment ? commitment.Keys.Contains(Key) : f.Key == Key))
        ?? facts.FirstOrDefault(f => f.Claims.Any(c => FirstEditions.Contains(c.FirstEditionId)));
}
