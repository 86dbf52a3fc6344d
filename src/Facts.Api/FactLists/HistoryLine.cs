using Facts.Api.Projections;

namespace Facts.Api.FactLists;

/// <summary>One claim of a commitment's history: its effect, and how the commitment stood at the end of the claim's day.</summary>
internal sealed record HistoryLine
{
    /// <summary>Date of the claim (EDTF): when a delivery happened, or when any other claim was stated.</summary>
    public required string OccurredOn { get; init; }

    /// <summary>First possible day of the date of the claim; null where the start is open.</summary>
    public required DateOnly? OccurredFrom { get; init; }

    /// <summary>Last possible day of the date of the claim; null where the end is open.</summary>
    public required DateOnly? OccurredTo { get; init; }

    /// <summary>Kind of the claim.</summary>
    public required ClaimKind Kind { get; init; }

    /// <summary>The changes that the claim made, in short sentences.</summary>
    public required IReadOnlyList<string> Changed { get; init; }

    /// <summary>Status of the commitment after the claim.</summary>
    public required CommitmentStatus Status { get; init; }

    /// <summary>Deadline in force after the claim (EDTF); null without a deadline.</summary>
    public required string? DueOn { get; init; }

    /// <summary>Quantity certainly committed after the claim; null without a number.</summary>
    public required decimal? CommittedLow { get; init; }

    /// <summary>Quantity possibly committed after the claim; null without an upper bound or without a number.</summary>
    public required decimal? CommittedHigh { get; init; }

    /// <summary>Quantity certainly cancelled by the claim's day.</summary>
    public required decimal? CancelledLow { get; init; }

    /// <summary>Quantity possibly cancelled by the claim's day; null without an upper bound.</summary>
    public required decimal? CancelledHigh { get; init; }

    /// <summary>Quantity certainly delivered to the commitment by the claim's day.</summary>
    public required decimal? DeliveredLow { get; init; }

    /// <summary>Quantity possibly delivered to the commitment by the claim's day; null without an upper bound.</summary>
    public required decimal? DeliveredHigh { get; init; }

    /// <summary>Quantity certainly outstanding after the claim; null without a number, and for an intent.</summary>
    public required decimal? OutstandingLow { get; init; }

    /// <summary>Quantity possibly outstanding after the claim; null without an upper bound, without a number, and for an intent.</summary>
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
        DeliveredLow = entry.After.Delivered.Low,
        DeliveredHigh = entry.After.Delivered.High,
        OutstandingLow = entry.After.Outstanding?.Low,
        OutstandingHigh = entry.After.Outstanding?.High,
        Claim = claim,
    };
}
