using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Hosting;

/// <summary>
/// The verb <c>new-epoch</c>, for after a backup was restored: callers with an ETag, a cursor or an event id of the lost changes notice that the store has
/// another history. New rows get later ids, so that a cited id of a lost row names no other row.
/// </summary>
internal static class NewEpoch
{
    // More rows than a store gets between two backups.
    const long SkippedIds = 1_000_000;

    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<WriteContext>().Database.ExecuteSqlAsync(
            $"""
            update dataset set epoch = gen_random_uuid();
            select setval(oid, nextval(oid) + {SkippedIds}) from pg_class where relkind = 'S' and pg_table_is_visible(oid)
            """, cancel);
        Console.Out.WriteLine("new-epoch: the store has a new history; services that run notice it within seconds");
    }
}
