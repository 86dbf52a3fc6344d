using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Changes;

internal sealed class ChangeTable : IEntityTypeConfiguration<ChangeRow>
{
    public void Configure(EntityTypeBuilder<ChangeRow> change)
    {
        change.ToTable("changes");
        change.Property(c => c.Id).UseIdentityByDefaultColumn();
        change.HasIndex(c => c.Sequence).IsUnique();
        foreach (var json in new[] { nameof(ChangeRow.Resources), nameof(ChangeRow.Facts), nameof(ChangeRow.Balances) })
            change.Property(json).HasColumnType("jsonb");
    }
}
