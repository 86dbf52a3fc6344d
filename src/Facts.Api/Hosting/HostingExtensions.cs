using Facts.Api.Access;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.EmbeddedPostgres;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration.Memory;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>Configures the host: settings, addresses, log levels, shutdown and database.</summary>
internal static class HostingExtensions
{
    const string DefaultAddress = "http://localhost:5080";

    // A caller that reads no faster is as good as one that does not read: an export would keep its connection for as long as he likes.
    static readonly MinDataRate LeastRate = new(bytesPerSecond: 8_192, gracePeriod: TimeSpan.FromSeconds(10));

    // The lowest source of configuration, so that the settings of an operator win. The log shows no failed SQL and no stack of it;
    // ProblemExceptionHandler logs the kind of failure.
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
        /// <summary>Adds the settings, the default address, the log levels and the shutdown time.</summary>
        public void AddFactsHosting()
        {
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
            var configuration = builder.Configuration;
            string[] addresses = ["urls", "http_ports", "https_ports"];
            if (addresses.All(name => string.IsNullOrEmpty(configuration[name])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
                builder.WebHost.UseUrls(DefaultAddress);

            var settings = Settings.From(configuration, builder.Environment);
            builder.Services.AddSingleton(settings);
            builder.Services.AddSingleton(_ => BootstrapKey.GetOrCreate(settings));
            builder.Services.AddSingleton(services => AdminKey.From(services.GetRequiredService<BootstrapKey>().Text));
            if (settings.TokenIssuer is { } issuer) builder.Services.AddSingleton(issuer).AddSingleton<OidcConfigurationCache>().AddSingleton<JwtValidator>();
            // Loads are put back while the requests under way still run.
            builder.Services.Configure<HostOptions>(options => options.ServicesStopConcurrently = true);
            builder.Services.AddSingleton<IHostLifetime, SignalLifetime>();
            builder.Services.Configure<RequestTimeoutOptions>(options => options.DefaultPolicy = new()
            {
                Timeout = settings.RequestTimeout,
                WriteTimeoutResponse = http =>
                {
                    // The token of the request has ended the question, and must not end its answer.
                    http.RequestAborted = CancellationToken.None;
                    return ProblemPage.AnswerAsync(http, ProblemExceptionHandler.TimedOut);
                },
            });
            builder.WebHost.ConfigureKestrel(options => options.Limits.MinResponseDataRate = LeastRate);

            // A failed start is one line on stderr. Before the start, these two categories would log it again with a stack.
            var startup = new StartupState();
            builder.Services.AddSingleton(startup);
            foreach (var category in new[] { "Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel" })
                builder.Logging.AddFilter(category, level => startup.IsStarted && level >= LogLevel.Warning);
        }

        /// <summary>
        /// Registers the database: the configured one, or the embedded one. The embedded server starts here, because later services need its connection
        /// string. The service container stops it, after the web server has finished its requests.
        /// </summary>
        public async Task UseFactsDatabaseAsync()
        {
            var settings = Settings.From(builder.Configuration, builder.Environment);
            if (settings.ConnectionString is { } configured)
            {
                AddSources(_ => configured);
            }
            else
            {
                settings.MakeDataDirectory();
                using var stop = new StopSignal();
                var server = await EmbeddedServer.StartAsync(Options(settings), stop.Token);
                // Registered by factories, so that the container disposes both: first the connections, then the server.
                builder.Services.AddSingleton(_ => server);
                AddSources(services => services.GetRequiredService<EmbeddedServer>().ConnectionString);
                builder.Services.AddHostedService<EmbeddedDatabaseMonitor>();
            }
            builder.Services.AddHostedService<ProjectionRefreshService>().AddHostedService<MemoryRelease>();
            builder.Services.AddDbContextPool<WriteContext>((services, options) =>
                options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention()
                    .AddInterceptors(services.GetRequiredService<Heartbeat>(), services.GetRequiredService<WriteConnectionLimit>()));
            builder.Services.AddDbContextPool<ReadContext>((services, options) =>
                options.UseNpgsql(services.GetRequiredService<ReadSource>().Source).UseSnakeCaseNamingConvention()
                    .AddInterceptors(services.GetRequiredService<Heartbeat>()));
            builder.Services.AddHttpContextAccessor();
            builder.Services.AddScoped<FactsContext>(services => IsRead(services.GetRequiredService<IHttpContextAccessor>().HttpContext)
                ? services.GetRequiredService<ReadContext>() : services.GetRequiredService<WriteContext>());
            builder.Services.AddScoped<IStoreReader, StoreReader>().AddScoped<Computation>();
            builder.Services.AddSingleton(new DiskReserve(settings.IsEmbedded ? settings.DataDirectory : null));
            builder.Services.AddSingleton<UseLimits>().AddSingleton<WriteConnectionLimit>().AddSingleton<Heartbeat>().AddSingleton<CommitTurn>();
            builder.Services.AddSingleton<Readiness>().AddSingleton<StoreIdentity>();

            void AddSources(Func<IServiceProvider, string> connectionString)
            {
                builder.Services.AddSingleton(services => ConnectionShares.Of(connectionString(services)));
                builder.Services.AddSingleton(services => ReadSource.WriteSource(connectionString(services), settings.IsPooled));
                builder.Services.AddSingleton(services => new ProbeSource(connectionString(services), settings.IsPooled));
                builder.Services.AddSingleton(services => new ReadSource(
                    connectionString(services), settings.StatementTimeout, settings.IsPooled, services.GetRequiredService<Heartbeat>()));
            }
        }
    }

    static bool IsRead(HttpContext? http) => http is not null && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));

    static EmbeddedServerOptions Options(Settings settings) => new()
    {
        DataDirectory = Path.Combine(settings.DataDirectory, "postgres"),
        ProgramDirectory = settings.PostgresDirectory,
        Log = line => Console.Out.WriteLine(line),
    };
}
