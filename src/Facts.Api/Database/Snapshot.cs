using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Facts.Api.Database;

/// <summary>Begins a read: everything in it sees one state of the store, and nothing in it can write.</summary>
internal static class Snapshot
{
    public static async Task<IDbContextTransaction> BeginAsync(FactsContext database, CancellationToken cancel)
    {
        var transaction = await database.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await database.Database.ExecuteSqlRawAsync("set transaction read only", cancel);
        return transaction;
    }
}
