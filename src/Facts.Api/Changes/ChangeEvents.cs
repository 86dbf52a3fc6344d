using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Changes;

/// <summary>Streams changes as they become visible. It polls the store, so that it also sees the changes of other services on the same store.</summary>
internal sealed class ChangeEvents(IServiceScopeFactory scopes, TimeProvider clock, IHostApplicationLifetime life)
{
    /// <summary>Time between two polls: about as often as a person would look.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Time after which a silent stream sends a heartbeat. Proxies close a silent connection after half a minute or more.</summary>
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Changes that one poll reads at most.</summary>
    const int BatchSize = 100;

    /// <summary>The changes after a sequence, in order, with heartbeats while there are none.</summary>
    /// <param name="since">The sequence after which to begin, exclusive; null: only changes from now on.</param>
    /// <param name="cancel">Ends the stream when the caller disconnects.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(long? since, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The stream ends when the service stops. Otherwise the service would wait for its readers.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
        var at = since ?? await InScopeAsync(database => StoreVersion.ReadAsync(database, end.Token));
        long? lastSent = null;
        while (!end.IsCancellationRequested)
        {
            var changes = await InScopeAsync(database => ReadAsync(database, at, end.Token));
            foreach (var (sequence, text) in changes)
                yield return new(text, "change") { EventId = (at = sequence).ToString() };
            if (changes.Count > 0) lastSent = clock.GetTimestamp();
            // The first heartbeat is sent at once, so that the caller receives the headers.
            else if (lastSent is not { } last || clock.GetElapsedTime(last) >= Heartbeat)
            {
                lastSent = clock.GetTimestamp();
                yield return new("", "heartbeat");
            }
            if (changes.Count < BatchSize && !await PauseAsync(end.Token)) yield break;
        }
    }

    /// <returns>False where the stream must end.</returns>
    async Task<bool> PauseAsync(CancellationToken cancel)
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
        if (await StoreVersion.ReadAsync(database, cancel) == since) return [];
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var changes = await database.Set<ChangeRow>().AsNoTracking().Where(c => c.Sequence > since).OrderBy(c => c.Sequence).Take(BatchSize)
            .ToListAsync(cancel);
        var columns = ChangeListSchema.Fields.Fields.ToList();
        foreach (var embed in ChangeListSchema.Fields.Embeds)
            columns.Add(embed.Column(await ChangeResponse.EmbeddedAsync(database, embed.Name, changes, cancel)));
        return changes.ConvertAll(c => (c.Sequence, Encoding.UTF8.GetString(ListAnswer.Bytes(columns, c))));
    }

    async Task<T> InScopeAsync<T>(Func<FactsContext, Task<T>> read)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<FactsContext>());
    }
}
