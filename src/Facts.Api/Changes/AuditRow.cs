using Facts.Api.Access;

namespace Facts.Api.Changes;

/// <summary>One write, and who made it: in the transaction of what was written. A change of the data has its row from <c>end.sql</c>.</summary>
internal sealed class AuditRow
{
    public long Id { get; set; }
    public DateTimeOffset RecordedAt { get; set; }

    /// <summary>Null: the first admin key, or a token. No reference that the database checks: a key is never deleted, and a check would cost each write.</summary>
    public long? KeyId { get; set; }

    /// <summary>Whose token, as in <see cref="Principal.Subject"/>; null: a key.</summary>
    public string? Subject { get; set; }

    public string? RequestId { get; set; }
    public string Method { get; set; } = "";
    public string Path { get; set; } = "";

    /// <summary>Path of what it made or changed besides the data.</summary>
    public string? Resource { get; set; }

    /// <summary>The change's place among all; null where the data did not change.</summary>
    public long? Change { get; set; }

    /// <summary>A write that is no change of the data.</summary>
    public static AuditRow Create(AuditContext author, string thing, DateTimeOffset now) => new()
    {
        RecordedAt = now, KeyId = author.Key, Subject = author.Subject, RequestId = author.RequestId, Method = author.Method!, Path = author.Path!, Resource = thing,
    };
}
