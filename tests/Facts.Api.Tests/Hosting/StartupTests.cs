using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Facts.Api.Tests.EmbeddedPostgres;
using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.Hosting;

/// <summary>The service as its user starts it: a process, with nothing configured but where to keep data and where to answer.</summary>
public sealed class StartupTests(Databases databases) : ServerTest
{
    string Postgres => Path.Combine(Data, "postgres");
    string PidFile => Path.Combine(Postgres, "cluster", "postmaster.pid");

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task It_answers_and_is_gone_with_its_database_soon_after_it_is_told_to_stop(string signal)
    {
        await using var service = Launch();
        await service.AnswersAsync();
        var server = File.ReadLines(PidFile).First();

        var clock = Stopwatch.StartNew();
        await RunAsync("kill", "-" + signal, $"{service.Process.Id}");
        await service.Process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        Assert.Equal(0, service.Process.ExitCode);
        Assert.False(Processes.IsPostgres(int.Parse(server)));
        var said = await service.Output;
        Assert.Contains($"Facts answers on {service.Address}", said);
        Assert.Contains($"{service.Address}/swagger", said);
        Assert.Contains($"admin key   in {Data}/admin.key", said);
        Assert.DoesNotContain((await File.ReadAllTextAsync(Path.Combine(Data, "admin.key"), Cancel)).Trim(), said + await service.Error);
    }

    [Fact]
    public async Task A_killed_database_comes_back_and_a_killed_service_takes_it_along()
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
    public async Task What_stands_in_its_way_is_one_line_and_no_stack()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var database = await databases.NewDatabaseAsync();
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
    public async Task The_verb_migrate_brings_a_database_up_to_date_and_ends()
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
