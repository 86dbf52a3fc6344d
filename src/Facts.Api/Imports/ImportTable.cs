using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Imports;

internal sealed class ImportTable : IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<ImportErrorRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> import)
    {
        import.ToTable("imports", table => table.HasCheckConstraint("import_state_is_known", FactsContext.OneOf<ImportState>("state")));
        import.Ignore(i => i.Place);
        // Few of all imports are queued at any time.
        import.HasIndex(i => i.Id).HasFilter("file is not null").HasDatabaseName("ix_imports_waiting");
    }

    public void Configure(EntityTypeBuilder<ImportErrorRow> error)
    {
        error.ToTable("import_errors");
        // Ids follow the order of the rows, since errors are written in that order.
        error.Property(e => e.Id).UseIdentityAlwaysColumn();
        error.HasOne<ImportRow>().WithMany().HasForeignKey(e => e.ImportId).OnDelete(DeleteBehavior.Cascade);
        error.HasIndex(e => new { e.ImportId, e.Id });
    }
}
