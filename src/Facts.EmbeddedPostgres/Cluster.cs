using System.Security.Cryptography;
using System.Text;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// The files of the database. <c>initdb</c> makes them once, in a temporary directory that is renamed at the end. Each start writes the configuration.
/// </summary>
sealed class Cluster(EmbeddedServerOptions options, ServerDirectory place, PostgresBinaries programs, OsAccount? account)
{
    public const string SuperUser = "facts";

    /// <summary>Makes the cluster if it is missing. An interruption leaves only a temporary directory, and the next start removes it.</summary>
    public async Task EnsureAsync(CancellationToken cancel)
    {
        foreach (var leftover in Directory.GetDirectories(place.Root, "cluster.new-*"))
            Files.TryDelete(leftover);
        if (place.MadeBy is not null) return;
        if (Directory.Exists(place.Cluster))
            throw new EmbeddedServerException($"{place.Cluster} is there and is no PostgreSQL database. Move it away, or choose another data directory.");

        options.Log($"making a PostgreSQL {programs.Major} database in {place.Cluster}");
        await Files.WritePrivateAsync(place.Password, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)) + "\n", account, cancel);
        var answer = new Answer(1, "", "");
        foreach (var locale in Locales())
        {
            var fresh = Path.Combine(place.Root, "cluster.new-" + Guid.NewGuid().ToString("N")[..8]);
            try
            {
                answer = await InitializeAsync(fresh, locale, cancel);
                if (answer.Code == 0)
                {
                    var include = $"\ninclude_if_exists = '{Path.GetFileName(place.Configuration)}'\n";
                    await File.AppendAllTextAsync(Path.Combine(fresh, "postgresql.conf"), include, cancel);
                    Directory.Move(fresh, place.Cluster);
                    return;
                }
            }
            finally
            {
                if (Directory.Exists(fresh))
                    Files.TryDelete(fresh);
            }
            if (!answer.Text.Contains("locale", StringComparison.Ordinal)) break;
        }
        throw new EmbeddedServerException($"PostgreSQL could not make a database in {place.Root}: {answer.Text}");
    }

    Task<Answer> InitializeAsync(string fresh, string[] locale, CancellationToken cancel)
    {
        List<string> arguments =
        [
            "-D", fresh, "-U", SuperUser, "--encoding=UTF8", "--auth-local=trust", "--auth-host=scram-sha-256",
            "--pwfile=" + place.Password, "--no-instructions", .. locale,
        ];
        if (!options.Durable)
            arguments.AddRange(["--no-sync", "--wal-segsize=1"]);
        return Command.RunAsync(programs.Path("initdb"), arguments, place.Root, account, cancel);
    }

    // C.UTF-8 sorts by code point and still knows which characters are letters. PostgreSQL 17 and later contain it; older ones need it in the operating system.
    string[][] Locales() => programs.Major >= 17
        ? [["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
        : [["--locale=C.UTF-8"], ["--locale=C", "--lc-ctype=en_US.UTF-8"], ["--locale=C"]];

    /// <summary>Writes the configuration that this start needs. <c>postgresql.conf</c> includes the file.</summary>
    public async Task ConfigureAsync(int port, CancellationToken cancel)
    {
        var text = new StringBuilder("# Every start overwrites this file.\n");
        void Set(string name, string value) => text.Append(name).Append(" = '").Append(value.Replace("'", "''")).Append("'\n");

        Set("listen_addresses", options.Loopback ? "127.0.0.1" : "");
        Set("port", $"{port}");
        Set("unix_socket_directories", options.Loopback ? "" : place.Socket);
        Set("unix_socket_permissions", "0700");
        Set("max_connections", $"{options.MaxConnections}");
        // Compiling a query takes longer than running one of ours, and every execution would compile again.
        Set("jit", "off");
        Set("timezone", "UTC");
        Set("log_timezone", "UTC");
        Set("lc_messages", "C");
        if (!options.Durable)
        {
            foreach (var off in new[] { "fsync", "synchronous_commit", "full_page_writes", "autovacuum" })
                Set(off, "off");
            Set("wal_level", "minimal");
            Set("max_wal_senders", "0");
            Set("min_wal_size", "32MB");
            Set("max_wal_size", "256MB");
        }
        await Files.WritePrivateAsync(place.Configuration, text.ToString(), account, cancel);
    }
}
