using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Facts.Api.Tests.EmbeddedPostgres;
using Facts.EmbeddedPostgres;
using Npgsql;

namespace Facts.Api.Tests.Hosting;

/// <summary>The service as its user starts it: a process, with nothing configured but where to keep data and where to answer.</summary>
public sealed class StartupTests(Databases databases) : ServerTest
{
    string Postgres => Path.Combine(Data, "postgres");
    string PidFile => Path.Combine(Postgres, "cluster", "postmaster.pid");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_service_answers_and_ends_with_its_database_soon_after_a_stop_signal(string signal)
    {
        await using var service = Launch(new() { ["Facts__DrainSeconds"] = signal == "TERM" ? "1" : "30" }, []);
        await service.AnswersAsync();
        var server = File.ReadLines(PidFile).First();

        var clock = Stopwatch.StartNew();
        await RunAsync("kill", "-" + signal, $"{service.Process.Id}");
        await service.Process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        Assert.Equal(0, service.Process.ExitCode);
        Assert.False(Processes.IsPostgres(int.Parse(server)));
        var output = await service.Output;
        Assert.Contains($"Facts answers on {service.Address}", output);
        Assert.Contains($"{service.Address}/swagger", output);
        Assert.Contains($"admin key   in {Data}/admin.key", output);
        Assert.DoesNotContain((await File.ReadAllTextAsync(Path.Combine(Data, "admin.key"), Cancel)).Trim(), output + await service.Error);
    }

    [Fact]
    public async Task A_killed_database_is_restarted_and_a_killed_service_takes_its_database_with_it()
    {
        await using var service = Launch();
        await service.AnswersAsync();
        var first = int.Parse(File.ReadLines(PidFile).First());
        await RunAsync("kill", "-9", $"{first}");
        await UntilAsync(() => !Processes.IsPostgres(first), "it is dead");
        await service.AnswersAsync();

        var second = int.Parse(File.ReadLines(PidFile).First());
        Assert.NotEqual(first, second);
        service.Process.Kill();
        await UntilAsync(() => !Processes.IsPostgres(second), "the watchdog stops the server");
    }

    [Fact]
    public async Task An_obstacle_at_start_is_reported_in_one_line_without_a_stack_trace()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var database = await databases.NewDatabaseAsync();
        // One that every server has, and that has no table of the service.
        var empty = new NpgsqlConnectionStringBuilder(database) { Database = "postgres" }.ConnectionString;
        (string Words, Dictionary<string, string> Settings, string[] Arguments)[] cases =
        [
            ("address already in use. Choose another address", new() { ["ConnectionStrings__Facts"] = database }, ["--urls", $"http://127.0.0.1:{port}"]),
            ("none were found (looked in /nowhere alone, as configured)", new() { ["Facts__PostgresDirectory"] = "/nowhere" }, []),
            ("The data directory /proc/none cannot be made", new() { ["Facts__DataDirectory"] = "/proc/none" }, []),
            ("Facts:Sample is 'maybe'; it can be true or false.", new() { ["Facts__Sample"] = "maybe" }, []),
            ("ConnectionStrings:Facts is no connection string", new() { ["ConnectionStrings__Facts"] = "nonsense" }, []),
            ("Access:Oidc:Authority is set and Access:Oidc:Audience is not", new() { ["Access__Oidc__Authority"] = "https://login.example.org" }, []),
            ("Access:Oidc:Audience is set and Access:Oidc:Authority is not", new() { ["Access__Oidc__Audience"] = "facts" }, []),
            ("it can be an https address", new() { ["Access__Oidc__Authority"] = "http://login.example.org", ["Access__Oidc__Audience"] = "facts" }, []),
            ("The database cannot be reached:", new() { ["ConnectionStrings__Facts"] = "Host=127.0.0.1;Port=1;Username=facts;Database=facts" }, ["migrate"]),
            ("does not exist. Apply the migrations:", new() { ["ConnectionStrings__Facts"] = empty, ["Facts__Sample"] = "true" }, []),
            ("There is no verb 'fly'. There are: migrate", new() { ["ConnectionStrings__Facts"] = database }, ["fly"]),
        ];
        foreach (var (words, settings, arguments) in cases)
        {
            await using var service = Launch(settings, arguments);
            await service.Process.WaitForExitAsync(Cancel);
            Assert.Equal(1, service.Process.ExitCode);
            Assert.Contains(words, Assert.Single((await service.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Fact]
    public async Task Asked_for_help_it_names_its_verbs_and_starts_nothing()
    {
        await using var service = new RunningService([], ["--help"]);

        var output = await service.Output;
        await service.Process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Contains("new-epoch", output);
        Assert.DoesNotContain("Facts answers", output);
        Assert.Equal(0, service.Process.ExitCode);
    }

    [Fact]
    public async Task The_command_migrate_updates_a_database_and_ends()
    {
        Dictionary<string, string> settings = new() { ["ConnectionStrings__Facts"] = await databases.EmptyDatabaseAsync() };

        await using (var first = Launch(settings, ["migrate"]))
            Assert.StartsWith("applied migrations: ", await first.Output);
        await using (var second = Launch(settings, ["migrate"]))
            Assert.Equal("", await second.Output);

        await using var service = Launch(settings);
        await service.AnswersAsync();
    }

    RunningService Launch(Dictionary<string, string>? settings = null, params string[] arguments) =>
        new(new Dictionary<string, string> { ["Facts__DataDirectory"] = Data }.Concat(settings ?? []), arguments);
}
