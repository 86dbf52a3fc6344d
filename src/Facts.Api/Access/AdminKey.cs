namespace Facts.Api.Access;

/// <summary>The SHA-256 of the first admin key, which has all scopes. The text of the key is not held in memory.</summary>
internal sealed record AdminKey(byte[] Sha256)
{
    public static AdminKey From(string key) => new(ApiKeyFormat.Sha256(key));
}
