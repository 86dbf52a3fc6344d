using Facts.Api.Projections;

namespace Facts.Api.Review;

/// <summary>
/// The rank of a claim after one of the decisions about its rank is undone.
/// Example: an editor ranks a normal claim preferred (decision 1), then deprecated (decision 2). If 2 is undone, it is preferred again.
/// If 1 is undone instead, it stays deprecated. If both are undone, it is normal.
/// </summary>
internal static class RankAfterUndo
{
    /// <param name="undone">The decision that is undone. It was in force until now.</param>
    /// <param name="ranks">All decisions about the rank of the claim, including undone ones.</param>
    /// <returns>The rank that the latest of the other decisions in force gave. If none is in force, the rank before the first decision.</returns>
    public static string Without(DecisionRow undone, IReadOnlyCollection<DecisionRow> ranks)
    {
        if (ranks.Where(d => d.Id > undone.Id && d.UndoneAt is null).MaxBy(d => d.Id) is { } later) return later.Rank!;
        for (var at = undone; ;)
        {
            // The decision that was in force when this one was made. If it was undone later, the search goes back one decision more.
            var previous = ranks.Where(d => d.Id < at.Id && !(d.UndoneAt <= at.RecordedAt)).MaxBy(d => d.Id);
            if (previous?.UndoneAt is null) return at.RankBefore!;
            at = previous;
        }
    }
}
