using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

/// <summary>
/// A running total: the measures of all facts of one donor set, recipient, item set and unit. Current balances add up these rows and read nothing else.
/// </summary>
internal sealed class TotalRow : SubjectRow
{
    public decimal? RequestedLow { get; set; }
    public decimal? RequestedHigh { get; set; }
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
    public decimal? UnpledgedLow { get; set; }
    public decimal? UnpledgedHigh { get; set; }
    public decimal? OutstandingLow { get; set; }
    public decimal? OutstandingHigh { get; set; }
    public decimal? OverdueLow { get; set; }
    public decimal? OverdueHigh { get; set; }
    public decimal? OverdueOriginalLow { get; set; }
    public decimal? OverdueOriginalHigh { get; set; }
    public decimal? UnmetNeedLow { get; set; }
    public decimal? UnmetNeedHigh { get; set; }
    public int Commitments { get; set; }
    public int Deliveries { get; set; }
    public int Requests { get; set; }
    public int Unquantified { get; set; }
    public int Conditional { get; set; }
    public int OnHold { get; set; }
    public int Disputed { get; set; }
    public int Conflicts { get; set; }
    public int PossibleOverlap { get; set; }
    public int Claims { get; set; }
    public List<long> ArticleIds { get; set; } = [];
    public List<string> Publishers { get; set; } = [];
    public DateOnly? LastStatedOn { get; set; }
}

/// <summary>A partition: whose rows are kept, and for which days. Taking its row is a writer's turn in it.</summary>
internal sealed class PartitionRow
{
    public string Partition { get; set; } = "";

    /// <summary>Null where its claims leave that to the facts they are about.</summary>
    public string? Recipient { get; set; }

    public string? Unit { get; set; }

    /// <summary>First day for which its rows hold. An earlier day is computed from the claims.</summary>
    public DateOnly ComputedFrom { get; set; }

    /// <summary>Until before which day its rows hold; null: for ever. A later day is computed from the claims.</summary>
    public DateOnly? ComputedUntil { get; set; }

    /// <summary>How often it was taken and written since it was first taken: 0 until that first writer has written.</summary>
    public long Writes { get; set; }
}

/// <summary>One row: how often the store has changed, and when last. A writer takes it last of all, for the moment of its commit.</summary>
internal sealed class DatasetRow
{
    public int Id { get; set; } = 1;
    public long Version { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
}

internal sealed class TotalTable : IEntityTypeConfiguration<TotalRow>, IEntityTypeConfiguration<DatasetRow>, IEntityTypeConfiguration<PartitionRow>
{
    public void Configure(EntityTypeBuilder<TotalRow> total)
    {
        total.ToTable("totals", t => t.HasCheckConstraint("total_days_are_in_order", "valid_from < valid_to"));
        total.Property(t => t.Id).UseIdentityAlwaysColumn();
        total.HasIndex(t => t.Partition);
        total.HasIndex(t => new { t.Recipient, t.Unit });
    }

    public void Configure(EntityTypeBuilder<PartitionRow> partition)
    {
        partition.ToTable("partitions");
        partition.HasKey(n => n.Partition);
        partition.HasIndex(n => n.ComputedUntil).HasFilter("computed_until is not null");
        partition.HasIndex(n => new { n.Recipient, n.Unit });
    }

    public void Configure(EntityTypeBuilder<DatasetRow> dataset)
    {
        dataset.ToTable("dataset", t => t.HasCheckConstraint("dataset_is_one_row", "id = 1"));
        dataset.HasKey(d => d.Id);
        dataset.Property(d => d.Id).ValueGeneratedNever();
        dataset.HasData(new DatasetRow { Id = 1, Version = 0, RecordedAt = DateTimeOffset.UnixEpoch });
    }
}
