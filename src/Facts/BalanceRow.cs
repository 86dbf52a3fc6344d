namespace Facts;

/// <summary>One row of a balance.</summary>
public sealed record BalanceRow
{
    public required BalanceKey Key { get; init; }

    /// <summary>Sums over the row's facts. No measure is null, and low is never above high.</summary>
    public required Measures Measures { get; init; }

    /// <summary>
    /// The sums of <see cref="Measures"/> with low and high not yet swapped into order. Use these to add rows: an unexplained remainder may have low
    /// above high.
    /// </summary>
    public required Measures Sums { get; init; }

    /// <summary>Claims behind the row that were stated by the day asked for, each once.</summary>
    public required IReadOnlyList<Claim> Evidence { get; init; }

    public int Claims => Evidence.Count;

    /// <summary>Number of distinct articles. Computed on each call.</summary>
    public int Articles => Evidence.Select(c => c.Article.Name).Distinct().Count();

    /// <summary>Number of distinct publishers; upper and lower case do not matter. Computed on each call.</summary>
    public int Publishers => Evidence.Select(c => c.Article.PublisherKey).Distinct().Count();

    /// <summary>Last day on which one of the row's claims was stated; null if none was stated by the day asked for.</summary>
    public DateOnly? LastStatedOn { get; init; }

    /// <summary>The most of <c>committed_low</c> that may be counted twice, by the open pairs among the row's commitments; 0 without pairs.</summary>
    public decimal CommittedOverlap => Overlap.SumOfCommitted(Facts);

    /// <summary>The most of <c>delivered_low</c> that may be counted twice, by the open pairs among the row's deliveries; 0 without pairs.</summary>
    public decimal DeliveredOverlap => Overlap.SumOfDelivered(Facts);

    /// <summary>The fact states that the row adds up.</summary>
    public required IReadOnlyList<FactState> Facts { get; init; }
}
