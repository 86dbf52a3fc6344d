using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

/// <summary>A row that is kept of a partition.</summary>
internal abstract class ProjectedRow
{
    public string Partition { get; set; } = "";
}

/// <summary>
/// How something stands on every day from <see cref="ValidFrom"/> until before <see cref="ValidTo"/> (null: for ever), within the days for which the
/// partition is kept. A day that passes changes which row is read, never a row.
/// </summary>
internal abstract class DatedRow : ProjectedRow
{
    public DateOnly ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && !(ValidTo <= day);
}

/// <summary>One of facts of one donor set, recipient, item set and unit.</summary>
internal abstract class SubjectRow : DatedRow
{
    public long Id { get; set; }
    public List<string> Donors { get; set; } = [];
    public string Recipient { get; set; } = "";
    public List<string> Items { get; set; } = [];
    public string? Unit { get; set; }
}

/// <summary>What requests, commitments and deliveries have in common.</summary>
internal abstract class FactRow : SubjectRow
{
    public string? Key { get; set; }
    public string? StatedOn { get; set; }
    public DateOnly? StatedFrom { get; set; }
    public DateOnly? StatedTo { get; set; }
    public bool Unquantified { get; set; }
    public bool Disputed { get; set; }
    public bool Conflict { get; set; }
    public bool PossibleOverlap { get; set; }
    public decimal? EnvelopeLow { get; set; }
    public decimal? EnvelopeHigh { get; set; }
    public int Claims { get; set; }
    public int Publishers { get; set; }

    /// <summary>First day it can have been stated, of a delivery have arrived.</summary>
    public DateOnly Begins { get; set; }

    /// <summary>Last day of that; without an end the last day there is.</summary>
    public DateOnly Ends { get; set; }

    /// <summary>The claims behind it that were stated by then.</summary>
    public List<long> ClaimIds { get; set; } = [];
}

internal sealed class RequestRow : FactRow
{
    public decimal? RequestedLow { get; set; }
    public decimal? RequestedHigh { get; set; }
    public decimal? UnmetNeedLow { get; set; }
    public decimal? UnmetNeedHigh { get; set; }
}

internal sealed class CommitmentRow : FactRow
{
    public string? Firmness { get; set; }
    public string Status { get; set; } = "";
    public string? DueOn { get; set; }
    public DateOnly? DueFrom { get; set; }
    public DateOnly? DueTo { get; set; }
    public string? OriginalDueOn { get; set; }

    /// <summary>All deadlines so far, the first one first.</summary>
    public List<DeadlineRow> Deadlines { get; set; } = [];

    public string? PartOf { get; set; }
    public bool Conditional { get; set; }
    public bool OnHold { get; set; }
    public bool Overdue { get; set; }
    public decimal? IntendedLow { get; set; }
    public decimal? IntendedHigh { get; set; }
    public decimal? OriginalLow { get; set; }
    public decimal? OriginalHigh { get; set; }
    public decimal? CommittedLow { get; set; }
    public decimal? CommittedHigh { get; set; }
    public decimal? CancelledLow { get; set; }
    public decimal? CancelledHigh { get; set; }
    public decimal? DeliveredLow { get; set; }
    public decimal? DeliveredHigh { get; set; }
    public decimal? CreditedLow { get; set; }
    public decimal? CreditedHigh { get; set; }
    public decimal? SurplusLow { get; set; }
    public decimal? SurplusHigh { get; set; }
    public decimal? OutstandingLow { get; set; }
    public decimal? OutstandingHigh { get; set; }
    public decimal? OverdueLow { get; set; }
    public decimal? OverdueHigh { get; set; }
    public decimal? OverdueOriginalLow { get; set; }
    public decimal? OverdueOriginalHigh { get; set; }
}

/// <summary>A deadline, and the claim that set it.</summary>
/// <param name="DueOn">The deadline (EDTF).</param>
/// <param name="DueFrom">First day of it; null where open.</param>
/// <param name="DueTo">Last day of it; null where open.</param>
/// <param name="ClaimId">Number of the claim.</param>
/// <param name="StatedOn">When that was stated (EDTF).</param>
internal sealed record DeadlineRow(string DueOn, DateOnly? DueFrom, DateOnly? DueTo, long ClaimId, string StatedOn);

internal sealed class DeliveryRow : FactRow
{
    public string? HappenedOn { get; set; }
    public DateOnly? HappenedFrom { get; set; }
    public DateOnly? HappenedTo { get; set; }
    public string? Stage { get; set; }
    public bool Unexplained { get; set; }
    public decimal? DeliveredLow { get; set; }
    public decimal? DeliveredHigh { get; set; }
    public decimal? UnpledgedLow { get; set; }
    public decimal? UnpledgedHigh { get; set; }

    /// <summary>Whether the ends of what is unpledged were exchanged for showing: sums use them as they were.</summary>
    public bool UnpledgedExchanged { get; set; }
}

/// <summary>How much of a delivery went to a commitment, and whether somebody said so.</summary>
internal sealed class LinkRow : DatedRow
{
    public long CommitmentId { get; set; }
    public long DeliveryId { get; set; }
    public bool Explicit { get; set; }
    public decimal QuantityLow { get; set; }
    public decimal? QuantityHigh { get; set; }
}

internal sealed class FactTables :
    IEntityTypeConfiguration<RequestRow>, IEntityTypeConfiguration<CommitmentRow>, IEntityTypeConfiguration<DeliveryRow>, IEntityTypeConfiguration<LinkRow>
{
    public void Configure(EntityTypeBuilder<RequestRow> request) => Fact(request, "requests");

    public void Configure(EntityTypeBuilder<CommitmentRow> commitment)
    {
        Fact(commitment, "commitments");
        commitment.HasIndex(c => c.DueTo);
        commitment.Property(c => c.Deadlines).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            deadlines => JsonSerializer.Serialize(deadlines, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<List<DeadlineRow>>(text, JsonSerializerOptions.Default)!,
            new ValueComparer<List<DeadlineRow>>((a, b) => a!.SequenceEqual(b!), deadlines => deadlines.Count, deadlines => deadlines.ToList()));
    }

    public void Configure(EntityTypeBuilder<DeliveryRow> delivery) => Fact(delivery, "deliveries");

    public void Configure(EntityTypeBuilder<LinkRow> link)
    {
        link.ToTable("links");
        link.HasKey(l => new { l.CommitmentId, l.DeliveryId, l.ValidFrom });
        link.HasIndex(l => l.DeliveryId);
        link.HasIndex(l => l.Partition);
        foreach (var amount in link.Metadata.GetProperties().Where(p => p.Name.StartsWith("Quantity", StringComparison.Ordinal)))
            amount.SetColumnType("numeric");
    }

    static void Fact<TRow>(EntityTypeBuilder<TRow> fact, string table) where TRow : FactRow
    {
        fact.ToTable(table, t => t.HasCheckConstraint($"{table}_days_are_in_order", "valid_from < valid_to"));
        fact.HasKey(f => new { f.Id, f.ValidFrom });
        fact.HasIndex(f => new { f.Recipient, f.Unit });
        fact.HasIndex(f => f.Partition);
        fact.HasIndex(f => f.Key);
    }
}
