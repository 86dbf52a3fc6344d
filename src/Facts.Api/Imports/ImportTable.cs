using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Imports;

/// <summary>A load that was carried out, with its report as it was answered.</summary>
internal sealed class ImportRow
{
    public long Id { get; set; }
    public string State { get; set; } = "";
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset FinishedAt { get; set; }
    public string Report { get; set; } = "";
}

internal sealed class ImportTable : IEntityTypeConfiguration<ImportRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> import)
    {
        import.ToTable("imports");
        import.Property(i => i.Report).HasColumnType("jsonb");
    }
}
