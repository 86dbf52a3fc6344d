using System.Security.Cryptography;

namespace Facts.Api.Database;

/// <summary>
/// Tells histories and builds apart. It is in all ETags, and its first part in cursors and event ids, so that a caller notices that the store was restored or
/// that another build computes the answers.
/// </summary>
internal sealed class StoreIdentity(ReadSource source, TimeProvider clock)
{
    const int Length = 8;

    static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    static readonly string Build = typeof(StoreIdentity).Module.ModuleVersionId.ToString();

    readonly Lock _lock = new();
    Task<Codes>? _reading;
    Codes? _last;
    long _readAt;

    /// <summary>Short names of the history alone, and of history and build together.</summary>
    public sealed record Codes(string Epoch, string EpochAndBuild);

    /// <summary>The names as they are, or were some seconds ago.</summary>
    public async ValueTask<Codes> ReadAsync(CancellationToken cancel)
    {
        Task<Codes> reading;
        lock (_lock)
        {
            if (_last is { } last && clock.GetElapsedTime(_readAt) < Lifetime) return last;
            if (_reading is null or { IsCompleted: true }) _reading = Task.Run(RefreshAsync, CancellationToken.None);
            // A caller does not wait where a name is known: a store is restored once a year.
            if (_last is { } known) return known;
            reading = _reading;
        }
        return await reading.WaitAsync(cancel);
    }

    async Task<Codes> RefreshAsync()
    {
        await using var command = source.Source.CreateCommand("select epoch from dataset");
        var epoch = ((Guid)(await command.ExecuteScalarAsync())!).ToString();
        var codes = new Codes(Short(epoch), Short(epoch + Build));
        lock (_lock) (_last, _readAt) = (codes, clock.GetTimestamp());
        return codes;
    }

    static string Short(string text) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))[..Length];
}
