namespace Facts.Api.Access;

/// <summary>SHA-256 of the first admin key, which has every scope. The key itself is nowhere.</summary>
internal sealed record AdminKey(byte[] Sha256)
{
    public static AdminKey From(string key) => new(ApiKeyFormat.Sha256(key));
}
