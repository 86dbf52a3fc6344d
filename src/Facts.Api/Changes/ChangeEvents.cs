using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Changes;

/// <summary>
/// Streams changes as they become visible. It polls the store, so that it also sees the changes of other services on the same store. All streams share one
/// poll of the version, and few of them read at once, so that they leave connections to other readers.
/// </summary>
internal sealed class ChangeEvents(IServiceScopeFactory scopes, ReadSource source, TimeProvider clock, IHostApplicationLifetime life) : IDisposable
{
    const int MaxReads = 4;

    readonly SemaphoreSlim _reads = new(MaxReads);
    readonly Lock _lock = new();
    Task<long>? _version;
    long _versionAt;

    /// <summary>Time between two polls: about as often as a person would look.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Time after which a silent stream sends a heartbeat. Proxies close a silent connection after half a minute or more.</summary>
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Changes that one poll reads at most.</summary>
    const int BatchSize = 100;

    /// <summary>The changes after a sequence, in order, with heartbeats while there are none.</summary>
    /// <param name="since">The sequence after which to begin, exclusive; null: only changes from now on.</param>
    /// <param name="epoch">Name of the store's history: the second part of the id of each event.</param>
    /// <param name="cancel">Ends the stream when the caller disconnects.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync(long? since, string? epoch, [EnumeratorCancellation] CancellationToken cancel)
    {
        // The stream ends when the service stops. Otherwise the service would wait for its readers.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel, life.ApplicationStopping);
        var version = await VersionAsync(end.Token);
        var at = since ?? version;
        long? lastSent = null;
        while (!end.IsCancellationRequested)
        {
            var changes = version == at ? [] : await InScopeAsync(database => ReadAsync(database, at, end.Token), end.Token);
            foreach (var (sequence, text) in changes)
                yield return new(text, "change") { EventId = string.Create(CultureInfo.InvariantCulture, $"{at = sequence}-{epoch}") };
            if (changes.Count > 0) lastSent = clock.GetTimestamp();
            // The first heartbeat is sent at once, so that the caller receives the headers.
            else if (lastSent is not { } last || clock.GetElapsedTime(last) >= Heartbeat)
            {
                lastSent = clock.GetTimestamp();
                yield return new("", "heartbeat");
            }
            if (changes.Count < BatchSize && !await PauseAsync(end.Token)) yield break;
            version = await RecentVersionAsync(end.Token);
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
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var changes = await database.Set<ChangeRow>().AsNoTracking().Where(c => c.Sequence > since).OrderBy(c => c.Sequence).Take(BatchSize)
            .ToListAsync(cancel);
        var columns = ChangeListSchema.Fields.Fields.ToList();
        foreach (var embed in ChangeListSchema.Fields.Embeds)
            columns.Add(embed.Column(await ChangeResponse.EmbeddedAsync(database, embed.Name, changes, cancel)));
        return changes.ConvertAll(c => (c.Sequence, Encoding.UTF8.GetString(ListAnswer.Bytes(columns, c))));
    }

    /// <summary>The version of the store as it is now.</summary>
    public Task<long> VersionAsync(CancellationToken cancel) => LimitedAsync(() => source.VersionAsync(cancel), cancel);

    /// <summary>The version of the store, at most <see cref="Pause"/> old. Streams that ask at the same time share one statement.</summary>
    async Task<long> RecentVersionAsync(CancellationToken cancel)
    {
        Task<long> version;
        lock (_lock)
        {
            if (_version is null || _version.IsCompleted && (!_version.IsCompletedSuccessfully || clock.GetElapsedTime(_versionAt) >= Pause))
                (_version, _versionAt) = (source.VersionAsync(life.ApplicationStopping), clock.GetTimestamp());
            version = _version;
        }
        return await version.WaitAsync(cancel);
    }

    Task<T> InScopeAsync<T>(Func<FactsContext, Task<T>> read, CancellationToken cancel) => LimitedAsync(async () =>
    {
        await using var scope = scopes.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<FactsContext>());
    }, cancel);

    async Task<T> LimitedAsync<T>(Func<Task<T>> read, CancellationToken cancel)
    {
        await _reads.WaitAsync(cancel);
        try
        {
            return await read();
        }
        finally
        {
            _reads.Release();
        }
    }

    public void Dispose() => _reads.Dispose();
}
