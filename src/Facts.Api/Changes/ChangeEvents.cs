using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Changes;

/// <summary>Changes as they become visible. It looks for them, so that it also sees those of other services on the same store.</summary>
internal sealed class ChangeEvents(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime life)
{
    /// <summary>As often as a person would look.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Proxies give up on a silent connection after half a minute or more.</summary>
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    const int AtOnce = 100;

    /// <param name="since">The sequence after which to begin; null: from now on.</param>
    /// <param name="cancel">The caller goes away.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(long? since, [EnumeratorCancellation] CancellationToken cancel)
    {
        // A stream ends with the service: else stopping would wait for its readers.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
        var at = since ?? await InScopeAsync(database => ProjectionCoverage.VersionAsync(database, end.Token));
        long? told = null;
        while (!end.IsCancellationRequested)
        {
            var changes = await InScopeAsync(database => ReadAsync(database, at, end.Token));
            foreach (var (sequence, text) in changes)
                yield return new(text, "change") { EventId = (at = sequence).ToString() };
            if (changes.Count > 0) told = clock.GetTimestamp();
            // The first goes at once, and the headers with it.
            else if (told is not { } last || clock.GetElapsedTime(last) >= Heartbeat)
            {
                told = clock.GetTimestamp();
                yield return new("", "heartbeat");
            }
            if (changes.Count < AtOnce && !await PausedAsync(end.Token)) yield break;
        }
    }

    async Task<bool> PausedAsync(CancellationToken cancel)
    {
        try
        {
            await Task.Delay(Pause, clock, cancel);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static async Task<List<(long Sequence, string Text)>> ReadAsync(FactsContext database, long since, CancellationToken cancel)
    {
        if (await ProjectionCoverage.VersionAsync(database, cancel) == since) return [];
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var changes = await database.Set<ChangeRow>().AsNoTracking().Where(c => c.Sequence > since).OrderBy(c => c.Sequence).Take(AtOnce).ToListAsync(cancel);
        var columns = ChangeListSchema.Fields.Fields.ToList();
        foreach (var embed in ChangeListSchema.Fields.Embeds) columns.Add(embed.Column(await ChangeResponse.EmbeddedAsync(database, embed.Name, changes, cancel)));
        return changes.ConvertAll(c => (c.Sequence, Encoding.UTF8.GetString(ListAnswer.Bytes(columns, c))));
    }

    async Task<T> InScopeAsync<T>(Func<FactsContext, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<FactsContext>());
    }
}
