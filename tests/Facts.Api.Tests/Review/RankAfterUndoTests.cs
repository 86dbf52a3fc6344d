using Facts.Api.Projections;
using Facts.Api.Review;

namespace Facts.Api.Tests.Review;

/// <summary>The rank of a claim after decisions about its rank are undone, in any order.</summary>
public sealed class RankAfterUndoTests
{
    static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // A decision: its id and day, its rank, the rank before, and the day on which it was undone.
    [Theory]
    [InlineData("1 preferred normal -", 1, "normal")]
    [InlineData("1 preferred normal -; 2 deprecated preferred -", 2, "preferred")]
    [InlineData("1 preferred normal -; 2 deprecated preferred -", 1, "deprecated")]
    [InlineData("1 preferred normal 3; 2 deprecated preferred -", 2, "normal")]
    [InlineData("1 preferred normal 5; 2 deprecated preferred 4; 3 preferred deprecated -", 3, "normal")]
    [InlineData("1 preferred normal -; 2 deprecated preferred 4; 3 normal deprecated -", 3, "preferred")]
    // The first was undone before the next was made, so the next started from the rank that it found.
    [InlineData("1 preferred normal 2; 3 deprecated preferred -", 3, "preferred")]
    public void The_rank_returns_to_the_newest_decision_that_is_not_undone(string decisions, long undone, string rank)
    {
        var ranks = decisions.Split("; ").Select(d => d.Split(' ')).Select(d => new DecisionRow
        {
            Id = long.Parse(d[0]), Decision = "rank", A = 1, Rank = d[1], RankBefore = d[2],
            RecordedAt = Start.AddDays(long.Parse(d[0])), UndoneAt = d[3] == "-" ? null : Start.AddDays(long.Parse(d[3])),
        }).ToList();
        Assert.Equal(rank, RankAfterUndo.Without(ranks.Single(d => d.Id == undone), ranks));
    }
}
