using System.Diagnostics;
using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.EmbeddedPostgres;

public sealed class ProcessDeathTests : ServerTest
{
    [Fact]
    public async Task A_killed_service_takes_its_server_with_it()
    {
        await using var holder = await Holder.StartAsync(Options);

        await holder.KillAsync();

        await UntilAsync(() => !Processes.IsPostgres(holder.Server.ProcessId), "the watchdog stops the server");
    }

    [Fact]
    public async Task Without_a_watchdog_the_next_start_adopts_what_a_killed_service_left()
    {
        await using var holder = await Holder.StartAsync(Options with { Watchdog = false });
        await holder.KillAsync();
        Assert.True(Processes.IsPostgres(holder.Server.ProcessId));

        await using var next = await EmbeddedServer.StartAsync(Options, Cancel);

        Assert.True(next.IsAdopted);
        Assert.Equal(holder.Server.ProcessId, next.ProcessId);
        Assert.Equal(1, await AskAsync<int>(next.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Several_services_share_one_server_and_the_last_one_stops_it()
    {
        var holders = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Holder.StartAsync(Options)));

        var server = Assert.Single(holders.Select(holder => holder.Server.ProcessId).Distinct());
        Assert.Single(holders, holder => !holder.Server.IsAdopted);
        await holders[0].DisposeAsync();
        await holders[1].KillAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => AskAsync<int>(holders[2].Server.ConnectionString, "select 1")));
        Assert.True(Processes.IsPostgres(server));
        await holders[2].DisposeAsync();
        Assert.False(Processes.IsPostgres(server));
    }

    [Fact]
    public async Task A_killed_server_is_started_again_with_its_rows()
    {
        await using var server = await EmbeddedServer.StartAsync(Options with { Durable = true }, Cancel);
        await AskAsync<object>(server.ConnectionString, "create table kept (n int); insert into kept values (7)");
        var killed = server.ProcessId;
        await RunAsync("kill", "-9", $"{killed}");
        await UntilAsync(() => !Processes.IsPostgres(killed), "the server is dead");

        Assert.True(await server.EnsureRunningAsync(Cancel));
        Assert.False(await server.EnsureRunningAsync(Cancel));

        Assert.NotEqual(killed, server.ProcessId);
        Assert.Equal(7, await AskAsync<int>(server.ConnectionString, "select n from kept"));
    }

    [Fact]
    public async Task The_next_start_clears_up_after_a_server_that_was_killed_with_its_service()
    {
        await using var holder = await Holder.StartAsync(Options with { Watchdog = false });
        await holder.KillAsync();
        await RunAsync("kill", "-9", $"{holder.Server.ProcessId}");

        await using var next = await EmbeddedServer.StartAsync(Options, Cancel);

        Assert.False(next.IsAdopted);
        Assert.Equal(1, await AskAsync<int>(next.ConnectionString, "select 1"));
    }

    [Theory]
    [InlineData("of a process that is gone")]
    [InlineData("of a stranger that got its number")]
    [InlineData("of a zombie")]
    [InlineData("that is empty")]
    [InlineData("that is cut")]
    public async Task A_stale_pid_file_does_not_stop_the_start(string which)
    {
        await (await EmbeddedServer.StartAsync(Options, Cancel)).DisposeAsync();
        var account = Environment.IsPrivilegedProcess ? await RunAsync("stat", "-c", "%U", Cluster) : null;
        // The process runs under the server's account: PostgreSQL ignores processes of other accounts. The child ends after the shell has become
        // a sleep, which never reaps it.
        using var stranger = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 0.5 & echo $!; exec sleep 60"])
        {
            RedirectStandardOutput = true,
            UserName = OperatingSystem.IsLinux() ? account ?? "" : "",
            WorkingDirectory = "/",
        })!;
        var zombie = (await stranger.StandardOutput.ReadLineAsync(Cancel))!;
        await UntilAsync(() => File.ReadAllText($"/proc/{zombie}/stat").Contains(") Z "), "a zombie");
        var id = which switch
        {
            "of a process that is gone" => "4194303",
            "of a stranger that got its number" => $"{stranger.Id}",
            "of a zombie" => zombie,
            _ => "",
        };
        var socket = Path.Combine(Data, "socket");
        var text = which switch
        {
            "that is empty" => "",
            "that is cut" => "123\n/some",
            _ => $"{id}\n{Cluster}\n1700000000\n5432\n{socket}\n\n  5432001    0\nready   \n",
        };
        foreach (var file in new[] { Path.Combine(Cluster, "postmaster.pid"), Path.Combine(socket, ".s.PGSQL.5432.lock") })
        {
            await File.WriteAllTextAsync(file, text, Cancel);
            if (account is not null)
                await RunAsync("chown", account, file);
        }

        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);

        Assert.False(server.IsAdopted);
        Assert.Equal(1, await AskAsync<int>(server.ConnectionString, "select 1"));
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task An_interrupted_initdb_does_not_stop_the_next_start()
    {
        await using var holder = Holder.Launch(Options with { Watchdog = false });
        await UntilAsync(() => Directory.Exists(Data) && Directory.GetDirectories(Data, "cluster.new-*").Length > 0, "initdb has begun");
        await holder.KillAsync();
        await RunAsync("pkill", "-9", "-f", Path.Combine(Data, "cluster.new-"));
        Assert.False(Directory.Exists(Cluster));
        Assert.NotEmpty(Directory.GetDirectories(Data, "cluster.new-*"));

        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);

        Assert.Empty(Directory.GetDirectories(Data, "cluster.new-*"));
        Assert.Equal(1, await AskAsync<int>(server.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_cancelled_start_leaves_no_server()
    {
        using var stop = new CancellationTokenSource();
        var started = EmbeddedServer.StartAsync(Options, stop.Token);
        await UntilAsync(() => Directory.Exists(Data) && Directory.GetDirectories(Data, "cluster*").Length > 0, "it has begun");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => started);

        Assert.Empty(await Processes.InAsync(Cluster, Path.Combine(Cluster, "postmaster.pid"), null, Cancel));
    }
}
