using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Imports;

internal sealed class ImportTable
    : IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<ImportBlockRow>, IEntityTypeConfiguration<ImportErrorRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> import)
    {
        import.ToTable("imports", table => table.HasCheckConstraint("import_state_is_known", FactsContext.OneOf<ImportState>("state")));
        import.Ignore(i => i.Place);
        // Few of all imports wait or run at any time.
        import.HasIndex(i => i.Id).HasFilter("finished_at is null").HasDatabaseName("ix_imports_waiting");
    }

    public void Configure(EntityTypeBuilder<ImportBlockRow> block)
    {
        block.ToTable("import_blocks");
        block.HasKey(b => new { b.ImportId, b.Number });
        block.HasOne<ImportRow>().WithMany().HasForeignKey(b => b.ImportId).OnDelete(DeleteBehavior.Cascade);
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
