using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Facts.Api.Database;

/// <summary>Bounds the connections that requests hold to write: <see cref="LongUse.Write"/>. A connection counts from its opening until it is closed.</summary>
internal sealed class WriteConnectionLimit(UseLimits limits) : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        var use = await limits.BeginAsync(LongUse.Write, cancellationToken);
        connection.StateChange += End;
        return result;

        void End(object sender, StateChangeEventArgs change)
        {
            if (change.CurrentState is not (ConnectionState.Closed or ConnectionState.Broken)) return;
            connection.StateChange -= End;
            use.Dispose();
        }
    }
}
