using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Hosting;

/// <summary>Reads the database for one request, within <see cref="ReadSource.Limit"/>.</summary>
internal sealed class StoreReader(FactsContext database, ReadSource source, UseLimits limits) : IStoreReader
{
    long? _version, _latest;

    public bool HasSnapshot => database.Database.CurrentTransaction is not null;

    public Task<IAsyncDisposable> BeginSnapshotAsync(CancellationToken cancel) => Snapshot.BeginAsync(database, cancel, source);

    public async Task<IAsyncDisposable> BeginExportAsync(CancellationToken cancel)
    {
        var use = await limits.BeginAsync(LongUse.Export, cancel);
        try
        {
            return new Export(await BeginSnapshotAsync(cancel), use);
        }
        catch
        {
            use.Dispose();
            throw;
        }
    }

    public async Task<long> LatestVersionAsync(CancellationToken cancel) => _latest ??= await source.VersionAsync(cancel);

    public async Task<long> VersionAsync(CancellationToken cancel) => _version ??= await StoreVersion.ReadAsync(database, cancel);

    sealed class Export(IAsyncDisposable snapshot, IDisposable use) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using (use) await snapshot.DisposeAsync();
        }
    }
}
