using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Facts.EmbeddedPostgres;

/// <summary>The running server of one cluster. Callers hold the start lock.</summary>
sealed class ServerProcess(EmbeddedServerOptions options, ServerDirectory place, PostgresBinaries programs, Cluster cluster, OsAccount? account)
{
    const int SocketPort = 5432;

    int _port;

    /// <summary>The process id of the postmaster; 0 before it runs.</summary>
    public int Id { get; private set; }

    /// <summary>The connection string of the server; empty before it runs.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>True if the server that was started or adopted still runs. The check reads one file of /proc.</summary>
    public bool IsAlive => Processes.IsPostgres(Id);

    /// <summary>
    /// Adopts a server that runs on this cluster: one that a killed service left, or the server of another process. Returns false if there is none;
    /// then all stale files are removed, so that a new server can start.
    /// </summary>
    public async Task<bool> AdoptAsync(CancellationToken cancel)
    {
        for (var until = Environment.TickCount64 + 60_000; ; await Task.Delay(50, cancel))
        {
            var file = PidFile.Read(place.PidFile);
            if (file is { Ready: true } && await AnswersAsync(file.Port, cancel))
            {
                (Id, _port) = (file.Process, file.Port);
                return true;
            }
            var running = await Processes.InAsync(place.Cluster, place.PidFile, account, cancel);
            if (running.Count == 0)
            {
                RemoveStaleFiles();
                return false;
            }
            // The server is starting or stopping, or these are children of a killed server that have not ended yet.
            if (Environment.TickCount64 > until)
                throw new EmbeddedServerException(
                    $"PostgreSQL (process {string.Join(", ", running)}) holds {place.Cluster} but takes no connections. "
                    + $"Its log is {place.Log}; end it to start a new one.");
        }
    }

    /// <summary>
    /// Starts the server and waits until it accepts connections. The server has its own session, so a Ctrl-C at the terminal does not reach it.
    /// </summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A restarted server keeps its port if the port is still free, because connection strings contain it.
            var port = !options.Loopback ? SocketPort : _port != 0 && attempt == 1 ? _port : FreePort();
            if (!options.Loopback)
                place.PrepareSocket(account);
            await cluster.ConfigureAsync(port, cancel);
            // Not cancelled: a half-started server looks like a running one. The caller stops it afterwards.
            var answer = await PgCtlAsync(["-w", "-t", "60", "-l", place.Log, "start"]);
            if (answer.Code == 0 && PidFile.Read(place.PidFile) is { } file)
            {
                (Id, _port, ConnectionString) = (file.Process, port, Describe(port));
                return;
            }
            var log = Files.Tail(place.Log, 8);
            // Two failures pass by themselves: the shared memory of a server that was just killed, and a port that another program took in the meantime.
            var isTemporary = log.Contains("pre-existing shared memory block", StringComparison.Ordinal)
                || log.Contains("Address already in use", StringComparison.Ordinal);
            if (!isTemporary || attempt == 5)
                throw new EmbeddedServerException($"PostgreSQL did not start: {answer.Text}\n{log}".TrimEnd());
            await Task.Delay(300, cancel);
        }
    }

    /// <summary>Stops the server. Open connections end; committed data stays.</summary>
    public async Task StopAsync()
    {
        if (!File.Exists(place.PidFile)) return;
        var answer = await PgCtlAsync(["-w", "-t", "20", "-m", "fast", "stop"]);
        if (answer.Code != 0 && File.Exists(place.PidFile) && IsAlive)
            await PgCtlAsync(["-w", "-t", "10", "-m", "immediate", "stop"]);
    }

    /// <summary>Makes the database if it is missing.</summary>
    public async Task EnsureDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(Maintenance(ConnectionString));
        await connection.OpenAsync(cancel);
        await using var look = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        look.Parameters.AddWithValue(options.Database);
        if (await look.ExecuteScalarAsync(cancel) is not null) return;
        await using var make = new NpgsqlCommand($"create database \"{options.Database.Replace("\"", "\"\"")}\"", connection);
        await make.ExecuteNonQueryAsync(cancel);
    }

    Task<Answer> PgCtlAsync(string[] arguments) =>
        Command.RunAsync(
            programs.Path("pg_ctl"), ["-D", place.Cluster, "-s", .. arguments], place.Root, account, CancellationToken.None,
            capture: !OperatingSystem.IsWindows());

    // The pid file alone proves nothing: another process may have its id by now, and the socket may belong to another cluster.
    async Task<bool> AnswersAsync(int port, CancellationToken cancel)
    {
        var description = Describe(port);
        try
        {
            await using var connection = new NpgsqlConnection(Maintenance(description));
            await connection.OpenAsync(cancel);
            await using var show = new NpgsqlCommand("show data_directory", connection);
            if (await show.ExecuteScalarAsync(cancel) as string != place.Cluster) return false;
            ConnectionString = description;
            return true;
        }
        catch (Exception silent) when (silent is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>
    /// Removes the files of a killed server. PostgreSQL refuses to start while the process in <c>postmaster.pid</c>, or in the lock file of its socket,
    /// answers to kill(pid, 0). A zombie answers, and so does another program with that id. Here no process works in the cluster and no server
    /// answers, so the files are stale.
    /// </summary>
    void RemoveStaleFiles()
    {
        if (File.Exists(place.PidFile))
        {
            options.Log("clearing up after a PostgreSQL that was killed");
            File.Delete(place.PidFile);
        }
        if (!options.Loopback && Directory.Exists(place.Socket))
            foreach (var leftover in Directory.GetFiles(place.Socket, ".s.PGSQL.*"))
                File.Delete(leftover);
    }

    string Describe(int port) => new NpgsqlConnectionStringBuilder
    {
        Host = options.Loopback ? "127.0.0.1" : place.Socket,
        Port = port,
        Username = Cluster.SuperUser,
        Password = options.Loopback ? File.ReadAllText(place.Password).Trim() : null,
        Database = options.Database,
    }.ConnectionString;

    static string Maintenance(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false, Timeout = 5 }.ConnectionString;

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
