namespace Facts;

/// <summary>One row of a balance.</summary>
public sealed record BalanceRow
{
    public required BalanceKey Key { get; init; }

    /// <summary>Sums over the row's facts, every measure a number, its ends in order.</summary>
    public required Measures Measures { get; init; }

    /// <summary>The same sums for adding up further: the ends of what running totals leave unexplained as they are.</summary>
    public required Measures Sums { get; init; }

    /// <summary>The claims behind it, each once, as far as stated by the day.</summary>
    public required IReadOnlyList<Claim> Evidence { get; init; }

    public int Claims => Evidence.Count;

    public int Articles { get; init; }

    /// <summary>Distinct publishers, compared without case.</summary>
    public int Publishers { get; init; }

    /// <summary>Last day any of its claims was stated; null where none was by the day.</summary>
    public DateOnly? LastStatedOn { get; init; }

    /// <summary>The facts behind it: its explanation.</summary>
    public required IReadOnlyList<FactState> Facts { get; init; }
}
