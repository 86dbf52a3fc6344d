namespace Facts;

/// <summary>Something handed over, or (<see cref="IsCumulative"/>) a claimed sum of what has been handed over by a day.</summary>
public sealed class Delivery : Fact
{
    internal Delivery(string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others, bool isRunningTotal)
        : base(FactKind.Delivery, key, reports, others)
    {
        (IsCumulative, SupportingClaims) = (isRunningTotal, reports);
        CommitmentKey = ResolvedValue.Resolve(reports, c => c.CommitmentKey, StringComparer.Ordinal).Value;
    }

    /// <summary>Basis cumulative: only what it leaves unexplained is a delivery.</summary>
    public bool IsCumulative { get; }

    /// <summary>Key of the commitment its claims say it fulfils; null where none does.</summary>
    public string? CommitmentKey { get; }

    /// <summary>The commitments it goes to explicitly: the one it names, changed by editors' links. In a fixed order.</summary>
    internal IReadOnlyList<Commitment> Targets { get; set; } = [];

    /// <summary>Whether a claim names a commitment or an editor linked one: such a delivery is never matched automatically.</summary>
    internal bool IsExplicit { get; set; }

    /// <summary>What it is told by: its reports, and those of running totals that repeat it; nothing where it repeats another itself. See <see cref="CumulativeTotals.Repeat"/>.</summary>
    internal IReadOnlyList<Claim> SupportingClaims { get; set; }

    /// <summary>Commitments an editor says it did not go to.</summary>
    internal IReadOnlyList<Commitment> ExcludedTargets { get; set; } = [];
}
