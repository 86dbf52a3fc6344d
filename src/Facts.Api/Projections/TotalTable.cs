using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

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
