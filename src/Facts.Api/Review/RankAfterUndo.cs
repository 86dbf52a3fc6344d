using Facts.Api.Projections;

namespace Facts.Api.Review;

/// <summary>What a claim is ranked when one of the decisions about its rank is undone.</summary>
internal static class RankAfterUndo
{
    /// <param name="undone">The decision that is undone; it was in force.</param>
    /// <param name="ranks">All decisions about the claim's rank, undone ones too.</param>
    /// <returns>What the last of the others in force says; where none was made before or since, what the claim was ranked before any of them.</returns>
    public static string Without(DecisionRow undone, IReadOnlyCollection<DecisionRow> ranks)
    {
        if (ranks.Where(d => d.Id > undone.Id && d.UndoneAt is null).MaxBy(d => d.Id) is { } later) return later.Rank!;
        for (var at = undone; ;)
        {
            // On what it was decided: where that was undone since then, on what that was decided.
            var below = ranks.Where(d => d.Id < at.Id && !(d.UndoneAt <= at.RecordedAt)).MaxBy(d => d.Id);
            if (below?.UndoneAt is null) return at.RankBefore!;
            at = below;
        }
    }
}
