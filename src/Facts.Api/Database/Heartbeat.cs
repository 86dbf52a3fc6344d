using Microsoft.EntityFrameworkCore.Diagnostics;
using System.Data.Common;

namespace Facts.Api.Database;

/// <summary>
/// Makes sure that the database has answered just before something is asked of it. The driver has no limit of its own for a database that is silent: to end a
/// statement, it asks the same database to cancel it, and waits for that.
/// </summary>
internal sealed class Heartbeat(ProbeSource source, TimeProvider clock) : DbConnectionInterceptor
{
    /// <summary>An answer is proof for so long. So a busy service asks ten times a second, and an idle one once more for each question.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    /// <summary>A database that takes longer for nothing is silent.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    readonly Lock _lock = new();
    Task? _beat;
    long _begunAt, _answeredAt;

    /// <summary>Waits until the database answers, for a moment at most. Callers that come meanwhile wait for the same answer.</summary>
    /// <exception cref="TimeoutException">It is silent.</exception>
    public ValueTask CheckAsync(CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_answeredAt != 0 && clock.GetElapsedTime(_answeredAt) < Fresh) return ValueTask.CompletedTask;
            if (_beat is null or { IsCompleted: true }) (_beat, _begunAt) = (Task.Run(AskAsync, CancellationToken.None), clock.GetTimestamp());
            var left = Patience - clock.GetElapsedTime(_begunAt);
            return new(_beat.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, cancel));
        }
    }

    async Task AskAsync()
    {
        await source.AskAsync();
        lock (_lock) _answeredAt = clock.GetTimestamp();
    }

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await CheckAsync(cancellationToken);
        return result;
    }
}
