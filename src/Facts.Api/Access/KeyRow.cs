namespace Facts.Api.Access;

/// <summary>A key: who it was made for and what it is good for, but not its text. Never deleted, so that the audit log can name it.</summary>
internal sealed class KeyRow
{
    public long Id { get; set; }
    public string Name { get; set; } = "";
    public List<string> Scopes { get; set; } = [];

    /// <summary>SHA-256 of its text.</summary>
    public byte[] Sha256 { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>To the hour: reading is no reason to write.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateOnly? ExpiresOn { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
