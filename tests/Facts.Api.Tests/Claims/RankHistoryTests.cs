using Facts.Api.Projections;
using Facts.Api.Review;

namespace Facts.Api.Tests.Claims;

/// <summary>What a claim is ranked when decisions about its rank are undone, in whatever order.</summary>
public sealed class RankHistoryTests
{
    static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Each decision: its number and day, its rank, the one before, and the day on which it was undone.
    [Theory]
    [InlineData("1 preferred normal -", 1, "normal")]
    [InlineData("1 preferred normal -; 2 deprecated preferred -", 2, "preferred")]
    [InlineData("1 preferred normal -; 2 deprecated preferred -", 1, "deprecated")]
    [InlineData("1 preferred normal 3; 2 deprecated preferred -", 2, "normal")]
    [InlineData("1 preferred normal 5; 2 deprecated preferred 4; 3 preferred deprecated -", 3, "normal")]
    [InlineData("1 preferred normal -; 2 deprecated preferred 4; 3 normal deprecated -", 3, "preferred")]
    // Undone before the next was made: that one was decided on what it found.
    [InlineData("1 preferred normal 2; 3 deprecated preferred -", 3, "preferred")]
    public void It_comes_back_to_what_is_in_force_below(string decisions, long undone, string rank)
    {
        var ranks = decisions.Split("; ").Select(d => d.Split(' ')).Select(d => new DecisionRow
        {
            Id = long.Parse(d[0]), Decision = "rank", A = 1, Rank = d[1], RankBefore = d[2],
            RecordedAt = Start.AddDays(long.Parse(d[0])), UndoneAt = d[3] == "-" ? null : Start.AddDays(long.Parse(d[3])),
        }).ToList();
        Assert.Equal(rank, RankAfterUndo.Without(ranks.Single(d => d.Id == undone), ranks));
    }
}
