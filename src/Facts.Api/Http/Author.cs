namespace Facts.Api.Http;

/// <summary>By which request, with which key, something is written: for the audit log. Empty where the service writes by itself, as it does with the sample.</summary>
internal sealed class Author
{
    /// <summary>Number of the key; null: the first admin key.</summary>
    public long? Key { get; private set; }

    /// <summary>As in a problem's <c>trace_id</c>.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Null where nobody asked.</summary>
    public string? Method { get; private set; }

    public string? Path { get; private set; }

    /// <summary>Path of what it made or changed besides the data: a load, a key.</summary>
    public string? Thing { get; set; }

    public void Is(long? key, string? requestId, string method, string path) => (Key, RequestId, Method, Path) = (key, requestId, method, path);
}
