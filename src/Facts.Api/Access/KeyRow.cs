namespace Facts.Api.Access;

/// <summary>
/// A key of the store: its name, scopes and dates, but not its text. Keys are revoked and never deleted, so that the audit log can name them.
/// </summary>
internal sealed class KeyRow
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public List<string> Scopes { get; set; } = [];

    /// <summary>SHA-256 of the key's text.</summary>
    public byte[] Sha256 { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Written once an hour at most, so that a request that reads rarely writes.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateOnly? ExpiresOn { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
