using Testcontainers.PostgreSql;

namespace Facts.Api.Tests.Support;

/// <summary>PostgreSQL in a container: the image of <c>FACTS_TEST_POSTGRES_IMAGE</c>, else the one that docker-compose.yml runs.</summary>
sealed class PostgresContainer : IAsyncDisposable
{
    readonly PostgreSqlContainer _container;

    PostgresContainer(PostgreSqlContainer container) => _container = container;

    public string ConnectionString => _container.GetConnectionString();

    public static async Task<PostgresContainer> StartAsync()
    {
        var image = Environment.GetEnvironmentVariable("FACTS_TEST_POSTGRES_IMAGE") is { Length: > 0 } named ? named : "postgres:17";
        var container = new PostgreSqlBuilder(image)
            .WithLabel(DockerEngine.Label, $"{Environment.ProcessId}")
            .WithCommand("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_connections=500")
            .Build();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
            await container.StartAsync(limit.Token);
            return new PostgresContainer(container);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
