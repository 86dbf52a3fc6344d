using Facts.Api.Database;

namespace Facts.Api.Http;

/// <summary>
/// Reads the store for one request: from one snapshot, whose version is in the ETags and in the envelope of a list.
/// An interface so that lists can also be answered from rows in memory.
/// </summary>
internal interface IStoreReader
{
    /// <summary>Begins a snapshot that cannot write and that limits the time of every statement. Within a snapshot it continues that one.</summary>
    Task<IAsyncDisposable> BeginSnapshotAsync(CancellationToken cancel);

    /// <summary>True while a snapshot of the request is open. All that the request then reads belongs into it, on its one connection.</summary>
    bool HasSnapshot { get; }

    /// <summary>
    /// Begins a snapshot for rows that are sent while they are read, or for a read of minutes. Few of them run at once: see <see cref="LongUse.Export"/>.
    /// </summary>
    Task<IAsyncDisposable> BeginExportAsync(CancellationToken cancel);

    /// <summary>
    /// The number of changes that the store has had by now, in one statement and outside of the request's snapshot. Read once for each request.
    /// </summary>
    Task<long> LatestVersionAsync(CancellationToken cancel);

    /// <summary>The number of changes that the store has had, as the request's snapshot sees it. Read once for each request.</summary>
    Task<long> VersionAsync(CancellationToken cancel);
}
