using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Hosting;

/// <summary>Reads the database for one request, within <see cref="ReadSource.Limit"/>.</summary>
internal sealed class StoreReader(FactsContext database, ReadSource source) : IStoreReader
{
    long? _version;

    public Task<IAsyncDisposable> BeginSnapshotAsync(CancellationToken cancel) => Snapshot.BeginAsync(database, cancel, source.Limit);

    public Task<long> LatestVersionAsync(CancellationToken cancel) => source.VersionAsync(cancel);

    public async Task<long> VersionAsync(CancellationToken cancel) => _version ??= await StoreVersion.ReadAsync(database, cancel);
}
