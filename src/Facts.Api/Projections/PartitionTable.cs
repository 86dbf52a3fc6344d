using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

internal sealed class PartitionTable : IEntityTypeConfiguration<PartitionRow>, IEntityTypeConfiguration<PartitionLinkRow>
{
    public void Configure(EntityTypeBuilder<PartitionRow> partition)
    {
        partition.ToTable("partitions");
        partition.HasKey(p => p.Partition);
        partition.Property(p => p.IsRequest).HasComputedColumnSql($"starts_with(partition, '{PartitionKey.RequestPrefix}')", stored: true);
        partition.HasIndex(p => p.ComputedUntil).HasFilter("computed_until is not null");
        partition.HasIndex(p => p.ComputedFrom).HasFilter("computed_from > '-infinity'");
        partition.HasIndex(p => p.IsDeferred).HasFilter("is_deferred");
        partition.HasIndex(p => new { p.Recipient, p.Unit });
    }

    public void Configure(EntityTypeBuilder<PartitionLinkRow> link)
    {
        link.ToTable("partition_links");
        link.HasKey(l => new { l.Partition, l.Key });
        link.HasIndex(l => l.Key);
    }
}
