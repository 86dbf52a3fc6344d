using Facts.Api.Access;

namespace Facts.Api.Changes;

/// <summary>By which request, with which key or token, something is written: for the audit log. Empty where the service writes by itself, as it does with the sample.</summary>
internal sealed class AuditContext
{
    /// <summary>Number of the key; null: the first admin key, or a token.</summary>
    public long? Key { get; private set; }

    /// <summary>Whose token, as in <see cref="Principal.Subject"/>; null: a key.</summary>
    public string? Subject { get; private set; }

    /// <summary>As in a problem's <c>trace_id</c>.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Null where nobody asked.</summary>
    public string? Method { get; private set; }

    public string? Path { get; private set; }

    /// <summary>Path of what it made or changed besides the data: a load, a key.</summary>
    public string? Resource { get; set; }

    public void Is(long? key, string? subject, string? requestId, string method, string path) =>
        (Key, Subject, RequestId, Method, Path) = (key, subject, requestId, method, path);
}
