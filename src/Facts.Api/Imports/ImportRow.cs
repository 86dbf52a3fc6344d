namespace Facts.Api.Imports;

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
