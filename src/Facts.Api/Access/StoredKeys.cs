namespace Facts.Api.Access;

/// <summary>Finds a key by its SHA-256, or null; the hosting program says where.</summary>
internal sealed class StoredKeys(Func<byte[], CancellationToken, Task<Principal?>> find)
{
    public Task<Principal?> FindAsync(byte[] sha256, CancellationToken cancel) => find(sha256, cancel);
}
