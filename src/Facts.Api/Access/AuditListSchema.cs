using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>The columns of the audit log.</summary>
internal static class AuditListSchema
{
    public static readonly ListSchema<AuditRow> Fields = new ListSchema<AuditRow>("Write")
        .Id("id", a => a.Id, "Number of the write.")
        .Field("recorded_at", a => a.RecordedAt, "Moment of the write (UTC).")
        .Field("key_id", a => a.KeyId, "Number of the key that was used; null for the first admin key and for a token.")
        .Field("subject", a => a.Subject, "Issuer and, after a space, subject of the token that was used; null for a key.")
        .Field("request_id", a => a.RequestId, "Trace id of the request. It is that of the caller's `traceparent` where one was sent.")
        .Field("method", a => a.Method, "Method of the request.")
        .Field("path", a => a.Path, "Path of the request.")
        .Field("resource", a => a.Resource, "Path of the import or key that the write made or changed; null where it changed only data.")
        .Field("change", a => a.Change, "The `sequence` of the change that the write made; null where the data did not change.")
        .SortedBy("-id");
}
