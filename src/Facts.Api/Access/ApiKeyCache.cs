using System.Collections.Concurrent;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Access;

/// <summary>The keys in use, held for a few seconds so that a request does not ask the store for its key. Those that are none are not held: they would be many.</summary>
internal sealed class ApiKeyCache(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>How long a key that another service on the same store revoked is still good here.</summary>
    static readonly TimeSpan Held = TimeSpan.FromSeconds(5);

    /// <summary>How exact <c>last_used_at</c> is.</summary>
    static readonly TimeSpan Noted = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, (Principal Key, long At)> _keys = new(StringComparer.Ordinal);

    public async Task<Principal?> FindAsync(byte[] sha256, CancellationToken cancel)
    {
        var name = Convert.ToHexString(sha256);
        if (_keys.TryGetValue(name, out var held) && clock.GetElapsedTime(held.At) < Held) return held.Key;
        await using var scope = scopes.CreateAsyncScope();
        var keys = scope.ServiceProvider.GetRequiredService<FactsContext>().Set<KeyRow>();
        if (await keys.AsNoTracking().SingleOrDefaultAsync(k => k.Sha256 == sha256, cancel) is not { } row) return null;
        var now = clock.GetUtcNow();
        if (row.RevokedAt is null && !(now - row.LastUsedAt < Noted))
            await keys.Where(k => k.Id == row.Id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, now), cancel);
        var known = new Principal(row.Id, [.. row.Scopes.Select(s => EnumWords.Parse<KeyScope>(s)!.Value)], row.RevokedAt is not null, row.ExpiresOn);
        _keys[name] = (known, clock.GetTimestamp());
        return known;
    }

    /// <summary>What was held is asked for again: a key was revoked.</summary>
    public void Forget() => _keys.Clear();
}
