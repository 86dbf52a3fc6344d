using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.EmbeddedPostgres;

public sealed class OsAccountTests : ServerTest
{
    static bool Root => Environment.IsPrivilegedProcess;

    [Fact]
    public async Task PostgreSQL_never_runs_as_root_and_otherwise_runs_as_the_caller()
    {
        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);

        var expected = Root ? await RunAsync("sh", "-c", "id -u postgres 2>/dev/null || id -u nobody") : await RunAsync("id", "-u");
        Assert.Equal(expected, UserOf(server.ProcessId));
        Assert.Equal(expected, await RunAsync("stat", "-c", "%u", Cluster));
        Assert.Equal("700", await RunAsync("stat", "-c", "%a", Data));
    }

    [Fact]
    public async Task A_user_without_rights_runs_the_server_under_that_account()
    {
        // A copy of the program where any account can read it.
        var program = Path.Combine(Below, "holder");
        await RunAsync("cp", "-r", Holder.Directory, program);
        await RunAsync("chmod", "-R", "a+rX", program);
        var account = Root ? "nobody" : null;
        var home = Path.Combine(Below, "home");
        Directory.CreateDirectory(home);
        if (account is not null)
            await RunAsync("chown", account, home);

        await using var holder = await Holder.StartAsync(Options with { DataDirectory = Path.Combine(home, "data"), CacheDirectory = null }, program, account);

        Assert.Equal(await RunAsync("id", account is null ? ["-u"] : ["-u", account]), UserOf(holder.Server.ProcessId));
        Assert.Equal(1, await AskAsync<int>(holder.Server.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Root_uses_the_cluster_of_a_user_as_that_user()
    {
        var account = Root ? "nobody" : Environment.UserName;
        await using (await EmbeddedServer.StartAsync(Options with { Account = account }, Cancel))
        {
        }

        await using var server = await EmbeddedServer.StartAsync(Options, Cancel);

        Assert.Equal(await RunAsync("id", "-u", account), UserOf(server.ProcessId));
    }

    [Fact]
    public async Task A_closed_directory_above_the_data_is_reported_to_root_and_does_not_stop_its_owner()
    {
        var home = Path.Combine(Below, "home");
        Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var options = Options with { DataDirectory = Path.Combine(home, "data") };

        if (Root)
        {
            var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(options, Cancel));
            Assert.Contains($"cannot enter {home}. Choose a data directory elsewhere, for example /var/lib/facts", refusal.Message);
            Assert.False(Directory.Exists(options.DataDirectory));
        }
        else
        {
            await using var server = await EmbeddedServer.StartAsync(options, Cancel);
            Assert.Equal(1, await AskAsync<int>(server.ConnectionString, "select 1"));
        }
    }
}
