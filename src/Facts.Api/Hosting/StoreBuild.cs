using System.Net.Sockets;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>Tells whether this build of Facts can use a store. The migrations that a store has name the build that made it.</summary>
internal static class StoreBuild
{
    /// <summary>Refuses to start on a store that another build made. A database that cannot be reached is left to <c>/readyz</c>.</summary>
    /// <exception cref="StartException">The store has a migration that this build does not know.</exception>
    public static async Task RefuseOtherAsync(IServiceProvider services, CancellationToken cancel)
    {
        try
        {
            await RefuseOtherAsync(services.GetRequiredService<WriteContext>(), cancel);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException
            or InvalidOperationException { InnerException: NpgsqlException })
        {
        }
    }

    /// <inheritdoc cref="RefuseOtherAsync(IServiceProvider, CancellationToken)"/>
    public static async Task RefuseOtherAsync(WriteContext database, CancellationToken cancel)
    {
        if (await ProblemAsync(database, cancel) is { } problem) throw new StartException(problem);
    }

    /// <summary>The reason why this build cannot use the store, in one sentence with the way out; null where it can.</summary>
    public static async Task<string?> ProblemAsync(WriteContext database, CancellationToken cancel)
    {
        var known = database.Database.GetMigrations().ToList();
        if ((await database.Database.GetAppliedMigrationsAsync(cancel)).Except(known).Max(StringComparer.Ordinal) is not { } foreignMigration) return null;
        return string.CompareOrdinal(foreignMigration, known[0]) < 0
            ? $"An older build of Facts made this store (its last migration is {foreignMigration}), and this build cannot convert it. "
                + "Export the store with the build that made it, then load the files into an empty store of this build: see docs/adding-a-migration."
            : $"A newer build of Facts made this store (its last migration is {foreignMigration}). Start that build or a newer one.";
    }
}
