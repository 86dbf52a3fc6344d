using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>What one claim changed, and how the commitment stood at the end of its day.</summary>
internal sealed record HistoryLine
{
    /// <summary>When (EDTF): of a delivery when it happened, of anything else when it was stated.</summary>
    public required string OccurredOn { get; init; }

    /// <summary>First day of that; null where open.</summary>
    public required DateOnly? OccurredFrom { get; init; }

    /// <summary>Last day of that; null where open.</summary>
    public required DateOnly? OccurredTo { get; init; }

    /// <summary>What the claim is.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>What it changed, in short sentences.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>How far the commitment had come then.</summary>
    public required CommitmentStatus Status { get; init; }

    /// <summary>The deadline then in force (EDTF); null without one.</summary>
    public required string? DueOn { get; init; }

    /// <summary>Committed then: certain; null without a number.</summary>
    public required decimal? CommittedLow { get; init; }

    /// <summary>Committed then: possible; null without bound.</summary>
    public required decimal? CommittedHigh { get; init; }

    /// <summary>Taken back by then: certain.</summary>
    public required decimal? CancelledLow { get; init; }

    /// <summary>Taken back by then: possible; null without bound.</summary>
    public required decimal? CancelledHigh { get; init; }

    /// <summary>Delivered to it by then: certain.</summary>
    public required decimal? DeliveredLow { get; init; }

    /// <summary>Delivered to it by then: possible; null without bound.</summary>
    public required decimal? DeliveredHigh { get; init; }

    /// <summary>Outstanding then: certain; null without a number, or of an intent.</summary>
    public required decimal? OutstandingLow { get; init; }

    /// <summary>Outstanding then: possible; null without bound.</summary>
    public required decimal? OutstandingHigh { get; init; }

    /// <summary>The claim with its quote and article.</summary>
    public required EvidenceRow Claim { get; init; }

    public static HistoryLine From(HistoryEntry entry, EvidenceRow claim) => new()
    {
        OccurredOn = entry.On.Text,
        OccurredFrom = entry.On.From,
        OccurredTo = entry.On.To,
        Kind = entry.Claim.Kind,
        Changed = entry.Texts,
        Status = entry.After.Status,
        DueOn = entry.After.Due?.Text,
        CommittedLow = entry.After.Current?.Low,
        CommittedHigh = entry.After.Current?.High,
        CancelledLow = entry.After.Cancelled.Low,
        CancelledHigh = entry.After.Cancelled.High,
        DeliveredLow = entry.After.Delivered.InOrder().Low,
        DeliveredHigh = entry.After.Delivered.InOrder().High,
        OutstandingLow = entry.After.Outstanding?.Low,
        OutstandingHigh = entry.After.Outstanding?.High,
        Claim = claim,
    };
}
