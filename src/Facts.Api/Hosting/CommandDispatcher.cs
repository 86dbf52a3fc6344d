using Facts.Api.Catalogue;
using Facts.Api.Database;
using Facts.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Hosting;

/// <summary>Runs what the command line asks for: the service, or one of its verbs.</summary>
internal static class CommandDispatcher
{
    extension(WebApplication app)
    {
        /// <summary>
        /// The first argument is a verb, or there is none and the service serves until it is told to stop. Its own database gets the migrations at
        /// every start; for another one they are the verb <c>migrate</c>, since several services may share it. Gives the exit code.
        /// </summary>
        /// <param name="args">The command line.</param>
        /// <param name="loadSample">Fills an empty store; called where the settings ask for the sample.</param>
        /// <param name="verbs">Verbs besides <c>migrate</c>.</param>
        public async Task<int> RunFactsAsync(string[] args, Verb? loadSample = null, IReadOnlyDictionary<string, Verb>? verbs = null)
        {
            await using var served = app;
            verbs = new Dictionary<string, Verb>(verbs ?? new Dictionary<string, Verb>()) { ["migrate"] = MigrateAsync };
            if (args is [var verb, ..] && !verb.StartsWith('-'))
            {
                if (!verbs.TryGetValue(verb, out var act))
                    throw new StartException($"There is no verb '{verb}'. There are: {string.Join(", ", verbs.Keys.Order())}; without one the service runs.");
                await ActAsync(act);
                return 0;
            }
            var settings = app.Services.GetRequiredService<Settings>();
            _ = app.Services.GetRequiredService<BootstrapKey>();
            await ActAsync(settings.Embedded ? MigrateAsync : StoreBuild.RefuseOtherAsync);
            if (settings.Sample && loadSample is not null)
                await ActAsync(loadSample);
            await app.RunAsync();
            return 0;

            async Task ActAsync(Verb act)
            {
                using var stop = new StopSignal();
                await using var scope = app.Services.CreateAsyncScope();
                await act(scope.ServiceProvider, stop.Token);
            }
        }

        /// <summary>Says where to look, once the service takes requests. The admin key's place, never the key.</summary>
        public void AnnounceWhenStarted() => app.Lifetime.ApplicationStarted.Register(() =>
        {
            app.Services.GetRequiredService<StartupState>().Started = true;
            if (app.Urls.FirstOrDefault() is not { } bound || !app.Configuration.GetValue("Facts:Announce", true))
                return;
            var settings = app.Services.GetRequiredService<Settings>();
            var address = bound.Replace("[::]", "localhost").Replace("0.0.0.0", "localhost").Replace("+", "localhost").Replace("*", "localhost").TrimEnd('/');
            var key = app.Services.GetRequiredService<BootstrapKey>();
            Console.Out.WriteLine($"""

                Facts answers on {address}
                  balances    {address}
                  try it      {address}/swagger
                  admin key   {(key.Place is { } place ? "in " + place : "as configured")}
                  database    {(settings.Embedded ? Describe(app.Services.GetRequiredService<EmbeddedServer>(), settings) : "as configured")}
                Ctrl-C stops it.

                """);
        });
    }

    /// <summary>Applies the migrations that the database lacks and seeds its states. Several services at once wait for each other.</summary>
    /// <exception cref="StartException">Another build of Facts made the store.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<FactsContext>();
        await StoreBuild.RefuseOtherAsync(database, cancel);
        var pending = (await database.Database.GetPendingMigrationsAsync(cancel)).ToList();
        if (pending.Count > 0)
        {
            await database.Database.MigrateAsync(cancel);
            Console.Out.WriteLine($"applied migrations: {string.Join(", ", pending)}");
        }
        await States.SeedAsync(database, cancel);
    }

    static string Describe(EmbeddedServer server, Settings settings) => $"PostgreSQL {server.MajorVersion} of its own, in {settings.DataDirectory}";
}
