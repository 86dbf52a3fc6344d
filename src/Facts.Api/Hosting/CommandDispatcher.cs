using Facts.Api.Catalogue;
using Facts.Api.Database;
using Facts.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Hosting;

/// <summary>Runs the service, or the verb that the command line names.</summary>
internal static class CommandDispatcher
{
    /// <summary>Prints what the command line takes, if that is asked. Then nothing is to be started.</summary>
    public static bool ExplainsItself(string[] args)
    {
        if (args is not ["--help" or "-h", ..]) return false;
        Console.Out.WriteLine("""
            Without a verb the service runs, until it is stopped. Verbs:
              migrate    bring the database to the version of this build
              verify     compute everything from the claims and compare it with the stored results
              rebuild    discard the stored results and compute them again
              new-epoch  give a restored store a new history
            Settings are environment variables, such as Facts__DataDirectory, or arguments, such as --urls http://localhost:5080.
            """);
        return true;
    }

    extension(WebApplication app)
    {
        /// <summary>
        /// Runs the verb in the first argument, or without a verb the service until it is stopped. Each start migrates the embedded database. An
        /// external database is migrated by the verb <c>migrate</c> only, because several services may share it. Returns the exit code.
        /// </summary>
        /// <param name="args">The command line.</param>
        /// <param name="loadSample">Fills an empty store. Called only if the setting <c>Facts:Sample</c> is true.</param>
        /// <param name="verbs">The verbs except <c>migrate</c>.</param>
        public async Task<int> RunFactsAsync(string[] args, Verb? loadSample = null, IReadOnlyDictionary<string, Verb>? verbs = null)
        {
            await using var served = app;
            verbs = new Dictionary<string, Verb>(verbs ?? new Dictionary<string, Verb>()) { ["migrate"] = MigrateAsync };
            if (args is [var verb, ..] && !verb.StartsWith('-'))
            {
                if (!verbs.TryGetValue(verb, out var named))
                    throw new StartException($"There is no verb '{verb}'. There are: {string.Join(", ", verbs.Keys.Order())}; without one the service runs.");
                await ExecuteAsync(named);
                return 0;
            }
            var settings = app.Services.GetRequiredService<Settings>();
            _ = app.Services.GetRequiredService<BootstrapKey>();
            await ExecuteAsync(settings.IsEmbedded ? MigrateAsync : StoreBuild.RefuseOtherAsync);
            if (settings.Sample && loadSample is not null)
                await ExecuteAsync(loadSample);
            await app.RunAsync();
            return 0;

            async Task ExecuteAsync(Verb step)
            {
                using var stop = new StopSignal();
                await using var scope = app.Services.CreateAsyncScope();
                await step(scope.ServiceProvider, stop.Token);
            }
        }

        /// <summary>Prints the addresses when the service accepts requests. Prints the place of the admin key, never the key.</summary>
        public void AnnounceWhenStarted() => app.Lifetime.ApplicationStarted.Register(() =>
        {
            app.Services.GetRequiredService<StartupState>().IsStarted = true;
            if (app.Urls.FirstOrDefault() is not { } bound || !app.Configuration.GetValue("Facts:Announce", true)) return;
            var settings = app.Services.GetRequiredService<Settings>();
            var address = bound.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("+", "localhost").Replace("*", "localhost").TrimEnd('/');
            var key = app.Services.GetRequiredService<BootstrapKey>();
            Console.Out.WriteLine($"""

                Facts answers on {address}
                  balances    {address}
                  try it      {address}/swagger
                  admin key   {(key.Place is { } place ? "in " + place : "as configured")}
                  database    {(settings.IsEmbedded ? Describe(app.Services.GetRequiredService<EmbeddedServer>(), settings) : "as configured")}
                Ctrl-C stops it.

                """);
        });
    }

    /// <summary>Applies the migrations that the database lacks and seeds its catalogue. Several services at once wait for each other.</summary>
    /// <exception cref="StartException">Another build of Facts made the store.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<WriteContext>();
        await StoreBuild.RefuseOtherAsync(database, cancel);
        var pending = (await database.Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (pending.Count > 0)
        {
            await database.Database.MigrateAsync(cancel);
            Console.Out.WriteLine($"applied migrations: {string.Join(", ", pending)}");
        }
        await CatalogueSeed.SeedAsync(database, services.GetRequiredService<TimeProvider>(), cancel);
    }

    static string Describe(EmbeddedServer server, Settings settings) => $"embedded PostgreSQL {server.MajorVersion}, in {settings.DataDirectory}";
}
