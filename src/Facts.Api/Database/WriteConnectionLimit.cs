using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facts.Api.Database;

/// <summary>
/// Bounds the connections that requests hold to write: <see cref="LongUse.Write"/>. A connection counts from its opening until it is closed. None is opened
/// for a request where the disk is almost full.
/// </summary>
internal sealed class WriteConnectionLimit(UseLimits limits, DiskReserve reserve, IHttpContextAccessor http) : DbConnectionInterceptor
{
    readonly ConcurrentDictionary<DbConnection, IDisposable> _uses = new();

    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (http.HttpContext is not null) reserve.Require();
        var use = await limits.BeginWriteAsync(cancellationToken);
        _uses[connection] = use;
        connection.StateChange += EndIfClosed;
        return result;
    }

    // A connection that could not be opened changes no state.
    public override Task ConnectionFailedAsync(DbConnection connection, ConnectionErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        End(connection);
        return Task.CompletedTask;
    }

    public override Task ConnectionCanceledAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        End(connection);
        return Task.CompletedTask;
    }

    void EndIfClosed(object connection, StateChangeEventArgs change)
    {
        if (change.CurrentState is ConnectionState.Closed or ConnectionState.Broken) End((DbConnection)connection);
    }

    void End(DbConnection connection)
    {
        connection.StateChange -= EndIfClosed;
        if (_uses.TryRemove(connection, out var use)) use.Dispose();
    }
}
