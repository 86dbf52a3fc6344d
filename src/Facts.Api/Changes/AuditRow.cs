namespace Facts.Api.Changes;

/// <summary>One write and its caller, stored in the transaction of the write. The row of a change is added by <c>append_change.sql</c>.</summary>
internal sealed class AuditRow
{
    public long Id { get; set; }
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>
    /// Number of the caller's key; null for the first admin key and for a token. The database does not check it: keys are never deleted, and a check would cost
    /// every write.
    /// </summary>
    public long? KeyId { get; set; }

    /// <summary>Subject of the caller's token; null for a key.</summary>
    public string? Subject { get; set; }

    public string? RequestId { get; set; }
    public string Method { get; set; } = "";
    public string Path { get; set; } = "";

    /// <summary>Path of a resource that the write made or changed in addition to the data; null where there is none.</summary>
    public string? Resource { get; set; }

    /// <summary>Sequence of the change; null where the data did not change.</summary>
    public long? Change { get; set; }

    /// <summary>The row of a write that changes a resource but no data, such as a new key.</summary>
    public static AuditRow Create(AuditContext audit, string resource, DateTimeOffset now) => new()
    {
        RecordedAt = now, KeyId = audit.Key, Subject = audit.Subject, RequestId = audit.RequestId, Method = audit.Method!, Path = audit.Path!,
        Resource = resource,
    };
}
