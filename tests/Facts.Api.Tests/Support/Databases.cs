using Facts.Api.Catalogue;
using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Npgsql;

[assembly: AssemblyFixture(typeof(Databases))]

namespace Facts.Api.Tests.Support;

/// <summary>
/// One real PostgreSQL for all tests and a database of their own for each class, cloned from a migrated template. <c>FACTS_TEST_DB</c> says which server:
/// <c>auto</c> (default: Docker where it serves, else embedded), <c>docker</c>, <c>embedded</c> or a connection string.
/// </summary>
public sealed class Databases : IAsyncLifetime
{
    readonly SemaphoreSlim _one = new(1);
    readonly string _run = Guid.NewGuid().ToString("N")[..8];
    readonly List<string> _made = [];
    TestServer? _server;
    string? _template;

    /// <summary>Nothing is started for tests that need no database.</summary>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The connection string of a database with every migration and nothing in it.</summary>
    public Task<string> NewDatabaseAsync() => MakeAsync(migrated: true);

    /// <summary>The connection string of a database without any table.</summary>
    public Task<string> EmptyDatabaseAsync() => MakeAsync(migrated: false);

    async Task<string> MakeAsync(bool migrated)
    {
        // One at a time: the first starts the server and makes the template, and PostgreSQL clones a database only while nobody else uses it.
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _server ??= await TestServer.StartAsync();
            if (migrated)
                _template ??= await MigratedAsync(_server);
            return await CreateAsync(_server, migrated ? _template : null);
        }
        finally
        {
            _one.Release();
        }
    }

    async Task<string> MigratedAsync(TestServer server)
    {
        var connectionString = await CreateAsync(server, null);
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var database = new WriteContext(
            new DbContextOptionsBuilder<WriteContext>().UseNpgsql(unpooled.ConnectionString).UseSnakeCaseNamingConvention().Options);
        await database.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await CatalogueSeed.SeedAsync(database, TimeProvider.System, TestContext.Current.CancellationToken);
        return unpooled.Database!;
    }

    async Task<string> CreateAsync(TestServer server, string? template)
    {
        var name = $"facts_test_{_run}_{_made.Count}";
        _made.Add(name);
        await RunAsync(server, $"create database {name}" + (template is null ? "" : $" template {template}"));
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name, MaxPoolSize = 32 }.ConnectionString;
    }

    static async Task RunAsync(TestServer server, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;
        if (_server.Outlives)
            foreach (var name in _made)
                await RunAsync(_server, $"drop database if exists {name} with (force)");
        await _server.DisposeAsync();
    }
}
