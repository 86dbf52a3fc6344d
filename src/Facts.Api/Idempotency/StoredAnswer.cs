namespace Facts.Api.Idempotency;

/// <summary>The answer to a POST with an <c>Idempotency-Key</c>, stored in the transaction of the write that it reports.</summary>
internal sealed class StoredAnswer
{
    /// <summary>SHA-256 of the caller, the path and the Idempotency-Key: none of them can be read from it.</summary>
    public byte[] Id { get; set; } = [];

    /// <summary>SHA-256 of the request: query, media type, body.</summary>
    public byte[] Request { get; set; } = [];

    /// <summary>Length of the request's body in bytes. A longer body is another body, and need not be hashed to its end.</summary>
    public long RequestLength { get; set; }

    public int Status { get; set; }
    public string? ContentType { get; set; }
    public string? Location { get; set; }
    public string? EntityTag { get; set; }
    public byte[] Body { get; set; } = [];
    public DateTimeOffset RecordedAt { get; set; }
}
