using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Changes;

internal sealed class AuditTable : IEntityTypeConfiguration<AuditRow>
{
    public void Configure(EntityTypeBuilder<AuditRow> audit)
    {
        audit.ToTable("audit");
        audit.Property(a => a.Id).UseIdentityByDefaultColumn();
    }
}
