using Facts.Api.Database;
using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>What became of a fact whose number is no fact's any more: by which claims, or which key, one finds what is left of it.</summary>
/// <param name="Claims">Editions of the claim that the number is, and, where that one counts no more, of those that were of one fact with it when it ceased to.</param>
/// <param name="Roots">The first editions of them.</param>
/// <param name="Key">The key that the claim gave the fact; null where it gave none.</param>
internal sealed record FactRedirect(long[] Claims, long[] Roots, string? Key)
{
    public static async Task<FactRedirect> FindAsync(FactsContext database, long claim, FactKind kind, ItemTree items, CancellationToken cancel)
    {
        var beside = new List<Claim>();
        if (await ClaimStore.EndedAsync(database, claim, cancel) is { } ended)
        {
            var before = await HistoricalFacts.ResolveAroundClaimAsync(database, claim, new ClaimSelection(ended.AddMicroseconds(-1)), items, cancel);
            var facts = before.Requests.Concat<Fact>(before.Commitments).Concat(before.Deliveries);
            beside.AddRange(facts.FirstOrDefault(f => f.Kind == kind && f.Claims.Any(c => c.Id == claim || c.FirstEditionId == claim))?.Claims ?? []);
        }
        return new([claim, .. beside.Select(c => c.Id)], [claim, .. beside.Select(c => c.FirstEditionId)], await ClaimStore.KeyAsync(database, claim, kind, cancel));
    }

    /// <summary>What is left of it, among these; null where nothing is.</summary>
    public TFact? Among<TFact>(IReadOnlyCollection<TFact> facts) where TFact : Fact =>
        facts.FirstOrDefault(f => f.Claims.Any(c => c.FirstEditionId == Roots[0] || c.Id == Claims[0]))
        ?? facts.FirstOrDefault(f => Key is not null && (f is Commitment commitment ? commitment.Keys.Contains(Key) : f.Key == Key))
        ?? facts.FirstOrDefault(f => f.Claims.Any(c => Roots.Contains(c.FirstEditionId)));
}
