using System.Collections.ObjectModel;

namespace Facts;

/// <summary>An undertaking to give.</summary>
public sealed class Commitment : Fact
{
    internal Commitment(string? key, IReadOnlyList<Claim> pledges, IReadOnlyList<Claim> others, IReadOnlyList<string> keys)
        : base(FactKind.Commitment, key, pledges, others)
    {
        Keys = keys;
        Changes = CommitmentChange.FromClaims(others, Unit, pledges.Min(c => DateWindow.From(c.Stated).Begin));
        HasOpenEndedChange = Changes.Any(c => c.IsOpenEnded);
    }

    /// <summary>All keys of the commitment: more than one only if an editor merged facts.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Amendments and cancellations in the order in which they take effect. A change that several claims report is here once.</summary>
    internal IReadOnlyList<CommitmentChange> Changes { get; }

    /// <summary>True if one of the changes is a cancellation without a number.</summary>
    internal bool HasOpenEndedChange { get; }

    /// <summary>Its readings on the days for which they were made last.</summary>
    internal LastReadings<CommitmentReading> LastReadings { get; } = new();

    /// <summary>The larger commitments that may contain it, by the keys in <c>part_of</c> of its pledges.</summary>
    internal IReadOnlyDictionary<string, Commitment> Wholes { get; set; } = ReadOnlyDictionary<string, Commitment>.Empty;
}
