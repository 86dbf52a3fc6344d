using Facts.Api.Database;
using System.Net.Http.Headers;
using Facts.Api.Access;
using Facts.Api.Projections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Facts.Api.Tests.Support;

/// <summary>The whole service on a database of its own, without a network. As a class fixture it serves all tests of a class.</summary>
public class FactsService(Databases databases) : WebApplicationFactory<Program>, IAsyncLifetime
{
    /// <summary>The admin key of every service under test.</summary>
    public static readonly string Key = ApiKeyFormat.Make();

    readonly Dictionary<string, string> _settings = [];
    readonly string _data = Path.Combine(Path.GetTempPath(), "facts-service-" + Guid.NewGuid().ToString("N"));

    /// <summary>The service's clock, if it is to be moved by hand; to be set before the first request.</summary>
    public FakeTimeProvider? Clock { get; set; }

    /// <summary>The service's database. Made when the fixture is; can be another one's before the first request.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>A caller without a key.</summary>
    public HttpClient Anonymous => field ??= CreateClient();

    /// <summary>A caller with the admin key.</summary>
    public HttpClient Admin
    {
        get
        {
            if (field is null)
            {
                field = CreateClient();
                field.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            }
            return field;
        }
    }

    /// <summary>Sets a setting, such as <c>Access:AnonymousRead</c>; to be called before the first request.</summary>
    public FactsService With(string name, string value)
    {
        _settings[name] = value;
        return this;
    }

    public virtual async ValueTask InitializeAsync() => ConnectionString = await databases.NewDatabaseAsync();

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (Directory.Exists(_data)) Directory.Delete(_data, recursive: true);
    }

    /// <summary>Verifies the store.</summary>
    /// <returns>The first differences in words.</returns>
    public async Task<IReadOnlyList<string>> DifferencesAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Verifier>().VerifyAsync(null, TestContext.Current.CancellationToken)).Differences;
    }

    /// <summary>Asks the service's database for one number.</summary>
    public async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>The deadlocks that PostgreSQL found in the service's database since it was made.</summary>
    public async Task<long> DeadlocksAsync()
    {
        // A connection at rest reports its deadlocks after up to ten seconds, and one that ends reports them at once: so all others are ended.
        ClearPools();
        await ScalarAsync("select count(pg_terminate_backend(pid, 30000)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        // Work in the background may have opened one in between.
        ClearPools();
        return await ScalarAsync("select deadlocks from pg_stat_database where datname = current_database()");

        void ClearPools()
        {
            Services.GetRequiredService<NpgsqlDataSource>().Clear();
            Services.GetRequiredService<ReadSource>().Source.Clear();
            NpgsqlConnection.ClearPool(new NpgsqlConnection(ConnectionString));
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // UseSetting: settings of ConfigureAppConfiguration do not exist yet when Program reads its configuration.
        builder.UseEnvironment("Production");
        builder.UseSetting("ConnectionStrings:Facts", ConnectionString);
        builder.UseSetting("Facts:AdminKey", Key);
        builder.UseSetting("Facts:Sample", "false");
        builder.UseSetting("Facts:DataDirectory", _data);
        builder.UseSetting("Facts:Announce", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        foreach (var (name, value) in _settings)
            builder.UseSetting(name, value);
        if (Clock is { } clock)
            builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
    }
}
