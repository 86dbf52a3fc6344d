using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The page of a donor, a recipient or an item: all that is recorded of it.</summary>
internal sealed record SubjectPlace
{
    /// <summary><c>donors</c>, <c>recipients</c> or <c>items</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The parameter that filters by it.</summary>
    public required string Parameter { get; init; }

    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>Items above it, the topmost first; empty for a party.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>Items right below it.</summary>
    public IReadOnlyList<string> Below { get; init; } = [];

    public required IReadOnlyList<BalanceResponse> Totals { get; init; }

    /// <summary>The groups that the rows of the balance are made for.</summary>
    public required string GroupedBy { get; init; }

    public required IReadOnlyList<BalanceResponse> Rows { get; init; }

    /// <summary>Its chart over time; null where there is nothing to draw.</summary>
    public required ChartQuestion.Chart? Chart { get; init; }

    /// <summary>Commitments, those with the nearest deadline first.</summary>
    public required IReadOnlyList<CommitmentRow> Commitments { get; init; }

    public required bool HasMore { get; init; }

    /// <summary>Facts that may be one with others: at most ten of each kind.</summary>
    public required IReadOnlyList<FactRow> InReview { get; init; }

    /// <summary>The lists of all facts of a kind that may be one with others, where there are more than ten: the name of the kind, and the address.</summary>
    public required IReadOnlyList<(string Kinds, PageAddress Address)> MoreInReview { get; init; }

    /// <summary>The claims that were recorded last.</summary>
    public required IReadOnlyList<ClaimResponse> Latest { get; init; }

    public required DateOnly AsOf { get; init; }
    public required IReadOnlyDictionary<string, string> Names { get; init; }
}
