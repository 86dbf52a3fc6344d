using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.EmbeddedPostgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration.Memory;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>What the service needs of its host before it has any endpoint.</summary>
internal static class HostingExtensions
{
    const string DefaultAddress = "http://localhost:5080";

    // What the web server is given to drain; the database stops after it, and both have 2 s together.
    static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    // Below everything else that configures: an operator's own settings win. Failed SQL and its stack are in no log line; Faults says what failed.
    static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "None",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = "None",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "None",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
    };

    extension(WebApplicationBuilder builder)
    {
        /// <summary>Settings, address, log levels and the time to stop.</summary>
        public void AddRunning()
        {
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            var configuration = builder.Configuration;
            string[] addresses = ["urls", "http_ports", "https_ports"];
            if (addresses.All(name => string.IsNullOrEmpty(configuration[name])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
                builder.WebHost.UseUrls(DefaultAddress);

            var settings = Settings.From(configuration, builder.Environment);
            builder.Services.AddSingleton(settings);
            builder.Services.AddSingleton(_ => BootstrapKey.Have(settings));
            builder.Services.AddSingleton(services => AdminKey.From(services.GetRequiredService<BootstrapKey>().Text));
            if (settings.TokenIssuer is { } issuer) builder.Services.AddSingleton(issuer).AddSingleton<OidcConfigurationCache>().AddSingleton<Tokens>();
            builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = DrainTime);

            // Until the service has started, why it does not is one line on stderr, and these say it once more with a stack.
            var progress = new StartupState();
            builder.Services.AddSingleton(progress);
            foreach (var category in new[] { "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel" })
                builder.Logging.AddFilter(category, level => progress.Started && level >= LogLevel.Warning);
        }

        /// <summary>
        /// The database: the configured one, or the embedded one, which is started here, before anything asks for its connection string, and
        /// stopped with the container, after the web server has drained.
        /// </summary>
        public async Task UseFactsDatabaseAsync()
        {
            var settings = Settings.From(builder.Configuration, builder.Environment);
            if (settings.ConnectionString is { } configured)
            {
                builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(configured));
            }
            else
            {
                settings.MakeDataDirectory();
                using var stop = new StopSignal();
                var server = await EmbeddedServer.StartAsync(Options(settings), stop.Token);
                // By factories, so that the container disposes both, the connections first.
                builder.Services.AddSingleton(_ => server);
                builder.Services.AddSingleton(services => NpgsqlDataSource.Create(services.GetRequiredService<EmbeddedServer>().ConnectionString));
                builder.Services.AddHostedService<EmbeddedDatabaseMonitor>();
            }
            builder.Services.AddHostedService<ProjectionRefreshService>();
            builder.Services.AddDbContextPool<FactsContext>((services, options) =>
                options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention());
            builder.Services.AddScoped<IStoreReader, StoreReader>();
        }
    }

    static EmbeddedServerOptions Options(Settings settings) => new()
    {
        DataDirectory = Path.Combine(settings.DataDirectory, "postgres"),
        ProgramDirectory = settings.PostgresDirectory,
        Log = line => Console.Out.WriteLine(line),
    };
}
