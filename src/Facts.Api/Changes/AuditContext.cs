namespace Facts.Api.Changes;

/// <summary>The caller, request id and resource of a write, for the audit log. Empty where the service itself writes, as it does with the sample.</summary>
internal sealed class AuditContext
{
    /// <summary>Number of the caller's key; null for the first admin key and for a token.</summary>
    public long? Key { get; private set; }

    /// <summary>Subject of the caller's token; null for a key.</summary>
    public string? Subject { get; private set; }

    /// <summary>Id of the request, which is the <c>trace_id</c> of a problem; null where the service itself writes.</summary>
    public string? RequestId { get; private set; }

    /// <summary>HTTP method of the request; null where the service itself writes.</summary>
    public string? Method { get; private set; }

    /// <summary>Path of the request; null where the service itself writes.</summary>
    public string? Path { get; private set; }

    /// <summary>Path of a resource that the write made or changed in addition to the data: an import or a key. Null where there is none.</summary>
    public string? Resource { get; set; }

    public void Set(long? key, string? subject, string? requestId, string method, string path) =>
        (Key, Subject, RequestId, Method, Path) = (key, subject, requestId, method, path);
}
