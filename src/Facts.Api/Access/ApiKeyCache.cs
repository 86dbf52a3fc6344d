using System.Collections.Concurrent;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Access;

/// <summary>A cache of the keys in use, so that not every request reads the store. Unknown keys are not cached: there would be too many of them.</summary>
internal sealed class ApiKeyCache(IServiceScopeFactory services, TimeProvider clock)
{
    /// <summary>The longest time that a key still works here after another service on the same store revoked it.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>The precision of <c>last_used_at</c>: a key writes it once an hour at most.</summary>
    static readonly TimeSpan LastUsedPrecision = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (ApiKey Key, long ReadAt)> _keys = new(StringComparer.Ordinal);

    /// <summary>Finds a key by the SHA-256 of its text; null if there is none. Revoked and expired keys are found too.</summary>
    public async Task<ApiKey?> FindAsync(byte[] sha256, CancellationToken cancel)
    {
        var name = Convert.ToHexString(sha256);
        if (_keys.TryGetValue(name, out var cached) && clock.GetElapsedTime(cached.ReadAt) < Lifetime) return cached.Key;
        await using var scope = services.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<WriteContext>().Set<KeyRow>();
        if (await keys.AsNoTracking().SingleOrDefaultAsync(k => k.Sha256 == sha256, cancel) is not { } row) return null;
        var now = clock.GetUtcNow();
        if (row.RevokedAt is null && !(now - row.LastUsedAt < LastUsedPrecision))
            await keys.Where(k => k.Id == row.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), cancel);
        var key = new ApiKey(row.Id, [.. row.Scopes.Select(s => EnumWords.Parse<KeyScope>(s)!.Value)], row.RevokedAt is not null, row.ExpiresOn);
        _keys[name] = (key, clock.GetTimestamp());
        return key;
    }

    /// <summary>Empties the cache. Called when a key is revoked, so that it stops working here at once.</summary>
    public void Clear() => _keys.Clear();
}
