using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Imports;

/// <summary>Where a load is. It ends as done, as checked (a dry run), refused (rows were), cancelled, or failed (through no fault of the file).</summary>
internal enum ImportState { Queued, Running, Done, Refused, Failed, Cancelled, Checked }

/// <summary>A load: what was asked for, how far it is, and what came of it.</summary>
internal sealed class ImportRow
{
    public long Id { get; set; }
    public string State { get; set; } = "";
    public string Format { get; set; } = "";

    /// <summary>As they were asked for: <see cref="ImportOptions"/> as JSON.</summary>
    public string Options { get; set; } = "{}";

    /// <summary>First line of a CSV file; null of another.</summary>
    public string? Header { get; set; }

    /// <summary>Name of its file in the spool; null where it was small, and once it has ended.</summary>
    public string? File { get; set; }

    /// <summary>Which spool has the file.</summary>
    public string? Spool { get; set; }

    /// <summary>Size of the file, unpacked.</summary>
    public long Bytes { get; set; }

    /// <summary>How often it was begun: more than once after a crash.</summary>
    public int Attempts { get; set; }

    /// <summary>Whether somebody wants it to stop.</summary>
    public bool IsCancelled { get; set; }

    public int RowsRead { get; set; }
    public int RowsCreated { get; set; }
    public int RowsUpdated { get; set; }
    public int RowsUnchanged { get; set; }
    public int RowsFailed { get; set; }
    public int RowsDropped { get; set; }
    public int Percent { get; set; }

    /// <summary>Why it failed or was refused as a whole.</summary>
    public string? Reason { get; set; }

    public DateTimeOffset QueuedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary><see cref="ImportDetails"/> as JSON.</summary>
    public string Details { get; set; } = "{}";

    /// <summary>Who sent it: see <see cref="Changes.AuditContext"/>.</summary>
    public long? KeyId { get; set; }

    public string? Subject { get; set; }
    public string? RequestId { get; set; }

    public string Place => $"/v1/imports/{Id}";
}

/// <summary>One thing that is wrong with one row of a load.</summary>
internal sealed class ImportErrorRow
{
    public long Id { get; set; }
    public long ImportId { get; set; }
    public int Row { get; set; }
    public string? Column { get; set; }
    public string? Pointer { get; set; }
    public string Code { get; set; } = "";
    public string Message { get; set; } = "";
    public string? Value { get; set; }
    public string? Suggestion { get; set; }

    /// <summary>The row as it was sent, with the first of its errors; null with the others.</summary>
    public byte[]? Text { get; set; }
}

internal sealed class ImportTable : IEntityTypeConfiguration<ImportRow>, IEntityTypeConfiguration<ImportErrorRow>
{
    public void Configure(EntityTypeBuilder<ImportRow> import)
    {
        import.ToTable("imports", table => table.HasCheckConstraint("import_state_is_known", FactsContext.OneOf<ImportState>("state")));
        import.Ignore(i => i.Place);
        // Few wait at any time, of all that ever were.
        import.HasIndex(i => i.Id).HasFilter("file is not null").HasDatabaseName("ix_imports_waiting");
    }

    public void Configure(EntityTypeBuilder<ImportErrorRow> error)
    {
        error.ToTable("import_errors");
        // In the order of the rows, since that is how they are written.
        error.Property(e => e.Id).UseIdentityAlwaysColumn();
        error.HasOne<ImportRow>().WithMany().HasForeignKey(e => e.ImportId).OnDelete(DeleteBehavior.Cascade);
        error.HasIndex(e => new { e.ImportId, e.Id });
    }
}
