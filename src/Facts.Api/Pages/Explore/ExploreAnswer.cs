using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>All that the page of a question about balances shows.</summary>
internal sealed record ExploreAnswer
{
    /// <summary>Most rows on one page.</summary>
    public const int PageSize = 200;

    public required BalanceFilter Filter { get; init; }

    /// <summary>The groups of the rows, by their words.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>One row for each unit, the one with most commitments first.</summary>
    public required IReadOnlyList<BalanceResponse> Totals { get; init; }

    /// <summary>All rows in order.</summary>
    public required IReadOnlyList<BalanceResponse> Rows { get; init; }

    /// <summary>Number of the first row shown, from 1.</summary>
    public required int Start { get; init; }

    /// <summary>The measures shown as columns.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<SortKey<BalanceResponse>> Sort { get; init; }

    /// <summary>The numbers of the main unit over time; empty where all is of one day, or where <see cref="IsTimelineTooLong"/>.</summary>
    public required IReadOnlyList<(DateOnly Day, BalanceResponse? Row)> Timeline { get; init; }

    /// <summary>Events on the chart over time, the largest of each lane first; none in a very large store.</summary>
    public required IReadOnlyList<TimelineEvent> Events { get; init; }

    /// <summary>True if the numbers over time would take too long, since they have to be computed from very many claims.</summary>
    public required bool IsTimelineTooLong { get; init; }

    /// <summary>The unit of the timeline.</summary>
    public required string? MainUnit { get; init; }

    /// <summary>Commitments with a deadline, the earliest first.</summary>
    public required IReadOnlyList<CommitmentRow> Deadlines { get; init; }

    /// <summary>True if there are more deadlines than are shown.</summary>
    public required bool HasMoreDeadlines { get; init; }

    /// <summary>The last passages that were stated.</summary>
    public required IReadOnlyList<ClaimResponse> Latest { get; init; }

    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public IEnumerable<BalanceResponse> Shown => Rows.Skip(Start - 1).Take(PageSize);
}
