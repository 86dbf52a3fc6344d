using System.Diagnostics;
using Facts.EmbeddedPostgres;
using Npgsql;

namespace Facts.Api.Tests.EmbeddedPostgres;

public sealed class ConnectionTests : ServerTest
{
    [Fact]
    public async Task The_server_listens_on_a_socket_in_a_private_directory_and_on_no_port()
    {
        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);

        Assert.Equal("", await AskAsync<string>(server.ConnectionString, "show listen_addresses"));
        var socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
        Assert.StartsWith(Data, socket);
        Assert.Equal("700", await RunAsync("stat", "-c", "%a", socket));
    }

    [Fact]
    public async Task A_long_path_has_its_socket_elsewhere()
    {
        var deep = Path.Combine(Below, new string('a', 60), new string('b', 60));
        await using var server = await EmbeddedServer.StartAsync(Options with { DataDirectory = deep }, Cancel);

        var socket = new NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
        Assert.True(socket.Length < 60);
        Assert.Equal("700", await RunAsync("stat", "-c", "%a", socket));
        Assert.Equal(1, await AskAsync<int>(server.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task On_loopback_a_connection_needs_the_password()
    {
        await using var server = await EmbeddedServer.StartAsync(Options with { Loopback = true }, Cancel);

        Assert.Equal(1, await AskAsync<int>(server.ConnectionString, "select 1"));
        var other = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guess" }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => AskAsync<int>(other, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        Assert.Equal("600", await RunAsync("stat", "-c", "%a", Path.Combine(Data, "password")));
    }

    [Fact]
    public async Task A_ctrl_c_at_the_terminal_does_not_reach_the_server()
    {
        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);

        var sessions = await RunAsync("ps", "-o", "sid=", "-p", $"{server.ProcessId},{Environment.ProcessId}");
        Assert.Equal(2, sessions.Split('\n', StringSplitOptions.TrimEntries).Distinct().Count());
    }

    [Fact]
    public async Task The_server_stops_at_once_with_a_connection_open_and_loses_no_committed_row()
    {
        var server = await EmbeddedServer.StartAsync(Options, Cancel);
        await using var open = NpgsqlDataSource.Create(server.ConnectionString);
        await using (var make = open.CreateCommand("create table kept (n int)"))
            await make.ExecuteNonQueryAsync(Cancel);
        await using var connection = await open.OpenConnectionAsync(Cancel);

        var clock = Stopwatch.StartNew();
        await server.DisposeAsync();
        Assert.InRange(clock.ElapsedMilliseconds, 0, 2000);
        await UntilAsync(() => !Processes.IsPostgres(server.ProcessId), "the server ends");

        await using var again = await EmbeddedServer.StartAsync(Options, Cancel);
        Assert.False(again.IsAdopted);
        Assert.Equal(0L, await AskAsync<long>(again.ConnectionString, "select count(*) from kept"));
    }

    [Fact]
    public async Task The_environment_does_not_change_it()
    {
        Dictionary<string, string> environment = new()
        {
            ["PGDATA"] = "/nowhere",
            ["PGPORT"] = "1",
            ["PGHOST"] = "nowhere",
            ["PGUSER"] = "nobody",
            ["LANG"] = "de_DE.UTF-8",
            ["LC_ALL"] = "tr_TR.UTF-8",
        };
        await using var holder = await Holder.StartAsync(Options, environment: environment);

        Assert.Equal("ä", await AskAsync<string>(holder.Server.ConnectionString, "select lower('Ä')"));
        Assert.Equal("Z", await AskAsync<string>(holder.Server.ConnectionString, "select min(x) from (values ('a'), ('Z')) t (x)"));
        Assert.Equal("UTC", await AskAsync<string>(holder.Server.ConnectionString, "show timezone"));
    }

    [Fact]
    public async Task A_durable_server_flushes_every_committed_write_to_disk()
    {
        await using var server = await EmbeddedServer.StartAsync(Options with { Durable = true }, Cancel);

        Assert.Equal("on on on", await AskAsync<string>(server.ConnectionString,
            "select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes'))"));
    }
}
