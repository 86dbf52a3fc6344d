using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Hosting;

/// <summary>Reads the database for one request, within <see cref="Settings.StatementTimeout"/>.</summary>
internal sealed class StoreReader(FactsContext database, Settings settings) : IStoreReader
{
    long? _version;

    public Task<IAsyncDisposable> BeginSnapshotAsync(CancellationToken cancel) => Snapshot.BeginAsync(database, cancel, settings.StatementTimeout);

    public async Task<long> VersionAsync(CancellationToken cancel) => _version ??= await StoreVersion.ReadAsync(database, cancel);
}
