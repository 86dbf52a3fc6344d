namespace Facts.Api.Imports;

/// <summary>An import: its options, its progress and its report.</summary>
internal sealed class ImportRow
{
    public long Id { get; set; }
    public string State { get; set; } = "";
    public string Format { get; set; } = "";

    /// <summary><see cref="ImportOptions"/> of the request, as JSON.</summary>
    public string Options { get; set; } = "{}";

    /// <summary>First line of a CSV file; null for other formats.</summary>
    public string? Header { get; set; }

    /// <summary>The process that runs it, or ran it last; null before its first start. See <see cref="ImportLease"/>.</summary>
    public Guid? Holder { get; set; }

    /// <summary>The time until which <see cref="Holder"/> may run it without a renewal.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Size of the unpacked file, in bytes.</summary>
    public long Bytes { get; set; }

    /// <summary>Number of times the import was started: more than one after a crash.</summary>
    public int Attempts { get; set; }

    /// <summary>True if a caller has cancelled the import.</summary>
    public bool IsCancelled { get; set; }

    public int RowsRead { get; set; }
    public int RowsCreated { get; set; }
    public int RowsUpdated { get; set; }
    public int RowsUnchanged { get; set; }
    public int RowsFailed { get; set; }
    public int RowsDropped { get; set; }
    public int Percent { get; set; }

    /// <summary>Reason for which it failed or was refused as a whole; null otherwise.</summary>
    public string? Reason { get; set; }

    public DateTimeOffset QueuedAt { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary><see cref="ImportDetails"/> as JSON.</summary>
    public string Details { get; set; } = "{}";

    /// <summary>Key of the caller: see <see cref="Changes.AuditContext"/>.</summary>
    public long? KeyId { get; set; }

    public string? Subject { get; set; }
    public string? RequestId { get; set; }

    public string Place => $"/v1/imports/{Id}";
}
