using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.Support;

/// <summary>The PostgreSQL that <c>FACTS_TEST_DB</c> asks for.</summary>
sealed class TestServer : IAsyncDisposable
{
    readonly Func<ValueTask> _stop;

    TestServer(string connectionString, bool outlives, Func<ValueTask> stop) => (ConnectionString, Outlives, _stop) = (connectionString, outlives, stop);

    /// <summary>The connection string of a user with the right to create databases.</summary>
    public string ConnectionString { get; }

    /// <summary>True if the server stays after the tests, so that the tests must remove their databases.</summary>
    public bool Outlives { get; }

    public static async Task<TestServer> StartAsync() => (Environment.GetEnvironmentVariable("FACTS_TEST_DB") ?? "auto") switch
    {
        "" or "auto" => await AutoAsync(),
        "docker" => await DockerAsync(),
        "embedded" => await EmbeddedAsync(),
        var text when text.Contains('=') => new TestServer(text, outlives: true, () => ValueTask.CompletedTask),
        var text => throw new InvalidOperationException($"FACTS_TEST_DB is '{text}'; it can be auto, docker, embedded or a connection string."),
    };

    public ValueTask DisposeAsync() => _stop();

    // Decides and does not skip: a skip in an assembly fixture fails every test.
    static async Task<TestServer> AutoAsync()
    {
        if (await DockerEngine.FindAsync() is null)
            return await EmbeddedAsync();
        try
        {
            return await DockerAsync();
        }
        catch (Exception failure)
        {
            await Console.Error.WriteLineAsync($"Docker answers, but gives no PostgreSQL ({failure.Message.Split('\n')[0]}); the tests use the embedded one.");
            return await EmbeddedAsync();
        }
    }

    static async Task<TestServer> DockerAsync()
    {
        var engine = await DockerEngine.FindAsync() ?? throw new InvalidOperationException("FACTS_TEST_DB is docker, and no Docker answers.");
        await engine.PrepareAsync();
        // Only here, in a method of its own, are Testcontainers' types touched: they read the environment once, when they are loaded.
        var container = await PostgresContainer.StartAsync();
        return new TestServer(container.ConnectionString, outlives: false, container.DisposeAsync);
    }

    static async Task<TestServer> EmbeddedAsync()
    {
        const long Enough = 1L << 30;
        var memory = new DriveInfo("/dev/shm");
        // A clone of the template takes 20 to 50 ms in memory, 300 to 400 on a disk.
        var parent = Directory.Exists("/dev/shm") && memory.AvailableFreeSpace > Enough ? "/dev/shm" : "/tmp";
        foreach (var left in Directory.GetDirectories(parent, "facts-tests-*"))
            if (!Directory.Exists($"/proc/{left.Split('-')[^1]}"))
                Files.TryDelete(left);

        var directory = Path.Combine(parent, $"facts-tests-{Environment.ProcessId}");
        var server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions
        {
            DataDirectory = directory,
            CacheDirectory = Path.Combine(Path.GetTempPath(), "facts-test-programs-" + Environment.UserName),
            Durable = false,
            MaxConnections = 500,
        });
        return new TestServer(server.ConnectionString, outlives: false, async () =>
        {
            await server.DisposeAsync();
            Files.TryDelete(directory);
        });
    }
}
