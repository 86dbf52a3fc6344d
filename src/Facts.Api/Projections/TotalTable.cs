using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

internal sealed class TotalTable : IEntityTypeConfiguration<TotalRow>
{
    public void Configure(EntityTypeBuilder<TotalRow> total)
    {
        total.ToTable("totals", t => t.HasCheckConstraint("total_days_are_in_order", "valid_from < valid_to"));
        total.Property(t => t.Id).UseIdentityAlwaysColumn();
        total.HasIndex(t => t.Partition);
        total.HasIndex(t => new { t.Recipient, t.ValidTo });
        total.HasIndex(t => t.ValidTo);
    }
}
