using Facts.Api.Http;

namespace Facts.Api.Tests.Http;

/// <summary>A store that never changes: its version is 7.</summary>
internal sealed class MemoryStore : IStoreReader
{
    public bool HasSnapshot => false;

    public Task<IAsyncDisposable> BeginSnapshotAsync(CancellationToken cancel) => Task.FromResult<IAsyncDisposable>(new MemoryStream());

    public Task<IAsyncDisposable> BeginExportAsync(CancellationToken cancel) => BeginSnapshotAsync(cancel);

    public Task<long> VersionAsync(CancellationToken cancel) => Task.FromResult(7L);

    public Task<long> LatestVersionAsync(CancellationToken cancel) => VersionAsync(cancel);
}
