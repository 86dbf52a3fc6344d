using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Hosting;

/// <summary>
/// The verb <c>new-epoch</c>, for after a backup was restored: callers with an ETag, a cursor or an event id of the lost changes notice that the store has
/// another history.
/// </summary>
internal static class NewEpoch
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancel)
    {
        await services.GetRequiredService<WriteContext>().Database.ExecuteSqlAsync($"update dataset set epoch = gen_random_uuid()", cancel);
        Console.Out.WriteLine("new-epoch: the store has a new history; services that run notice it within seconds");
    }
}
