namespace Facts;

/// <summary>Something handed over, or a cumulative total (<see cref="IsCumulative"/>): a claimed sum of all that was handed over by a day.</summary>
public sealed class Delivery : Fact
{
    internal Delivery(string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others, bool isCumulative)
        : base(FactKind.Delivery, key, reports, others)
    {
        (IsCumulative, SupportingClaims) = (isCumulative, reports);
        CommitmentKey = ResolvedValue.Resolve(reports, c => c.CommitmentKey, StringComparer.Ordinal).Value;
    }

    /// <summary>True for a cumulative total. Only its unexplained remainder is a delivery.</summary>
    public bool IsCumulative { get; }

    /// <summary>Key of the commitment that its claims name; null if they name none.</summary>
    public string? CommitmentKey { get; }

    /// <summary>Commitments of its explicit links, in a fixed order: the one it names, changed by editors' decisions.</summary>
    internal IReadOnlyList<Commitment> Targets { get; set; } = [];

    /// <summary>True if a claim names a commitment or an editor linked one. Automatic matching leaves such a delivery out.</summary>
    internal bool IsExplicit { get; set; }

    /// <summary>Its readings at the default stage on the days for which they were made last.</summary>
    internal LastReadings<DeliveryReading> LastReadings { get; } = new();

    /// <summary>
    /// Reports of this delivery and of cumulative totals that repeat it. Empty if it repeats another total itself
    /// (<see cref="CumulativeTotals.FoldRepeats"/>).
    /// </summary>
    internal IReadOnlyList<Claim> SupportingClaims { get; set; }

    /// <summary>Commitments that an editor excluded with an unlink decision.</summary>
    internal IReadOnlyList<Commitment> ExcludedTargets { get; set; } = [];
}
