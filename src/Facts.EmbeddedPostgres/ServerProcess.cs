using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Facts.EmbeddedPostgres;

/// <summary>The running server of one cluster. Everything here is called under the start lock.</summary>
sealed class ServerProcess(EmbeddedServerOptions options, ServerDirectory place, PostgresBinaries programs, Cluster cluster, OsAccount? account)
{
    const int SocketPort = 5432;

    int _port;

    /// <summary>The postmaster; 0 before it runs.</summary>
    public int Id { get; private set; }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Whether the process that was started or adopted is still there; costs one look into /proc.</summary>
    public bool IsAlive => Processes.IsPostgres(Id);

    /// <summary>
    /// Takes over a server that runs on this cluster: one that a killed service left, or another process's. False where there is none; then nothing is
    /// left in the way of a new one.
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
            // It is starting or stopping, or these are the children of a killed one on their way out.
            if (Environment.TickCount64 > until)
                throw new EmbeddedServerException(
                    $"PostgreSQL (process {string.Join(", ", running)}) holds {place.Cluster} but takes no connections. Its log is {place.Log}; end it to start a new one.");
        }
    }

    /// <summary>Starts it and waits until it takes connections. It is its own session: a Ctrl-C at the terminal does not reach it.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            // A server that is started again keeps its port where it can: there are connection strings that name it.
            var port = !options.Loopback ? SocketPort : _port != 0 && attempt == 1 ? _port : FreePort();
            if (!options.Loopback)
                place.PrepareSocket(account);
            await cluster.ConfigureAsync(port, cancel);
            // To its end, also when cancelled: half a start cannot be told from a running one. The caller then stops it.
            var answer = await PgCtlAsync(["-w", "-t", "60", "-l", place.Log, "start"]);
            if (answer.Code == 0 && PidFile.Read(place.PidFile) is { } file)
            {
                (Id, _port, ConnectionString) = (file.Process, port, Describe(port));
                return;
            }
            var said = Files.Tail(place.Log, 8);
            // The memory of a server killed a moment ago, and a port that another took between our asking and its use: both pass.
            var passing = said.Contains("pre-existing shared memory block", StringComparison.Ordinal) || said.Contains("Address already in use", StringComparison.Ordinal);
            if (!passing || attempt == 5)
                throw new EmbeddedServerException($"PostgreSQL did not start: {answer.Said}\n{said}".TrimEnd());
            await Task.Delay(300, cancel);
        }
    }

    /// <summary>Stops it: connections are ended, what was committed is kept.</summary>
    public async Task StopAsync()
    {
        if (!File.Exists(place.PidFile))
            return;
        var answer = await PgCtlAsync(["-w", "-t", "20", "-m", "fast", "stop"]);
        if (answer.Code != 0 && File.Exists(place.PidFile) && IsAlive)
            await PgCtlAsync(["-w", "-t", "10", "-m", "immediate", "stop"]);
    }

    /// <summary>Makes the database where it is missing.</summary>
    public async Task EnsureDatabaseAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(Maintenance(ConnectionString));
        await connection.OpenAsync(cancel);
        await using var look = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection) { Parameters = { new() { Value = options.Database } } };
        if (await look.ExecuteScalarAsync(cancel) is not null)
            return;
        await using var make = new NpgsqlCommand($"create database \"{options.Database.Replace("\"", "\"\"")}\"", connection);
        await make.ExecuteNonQueryAsync(cancel);
    }

    Task<Answer> PgCtlAsync(string[] arguments) =>
        Command.RunAsync(programs.Path("pg_ctl"), ["-D", place.Cluster, "-s", .. arguments], place.Root, account, CancellationToken.None, capture: !OperatingSystem.IsWindows());

    // The file alone proves nothing: its number may be another process's by now, and a socket may be another cluster's.
    async Task<bool> AnswersAsync(int port, CancellationToken cancel)
    {
        var description = Describe(port);
        try
        {
            await using var connection = new NpgsqlConnection(Maintenance(description));
            await connection.OpenAsync(cancel);
            await using var show = new NpgsqlCommand("show data_directory", connection);
            if (await show.ExecuteScalarAsync(cancel) as string != place.Cluster)
                return false;
            ConnectionString = description;
            return true;
        }
        catch (Exception silent) when (silent is NpgsqlException or SocketException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>
    /// PostgreSQL refuses to start while the process named in <c>postmaster.pid</c> or beside its socket answers to kill(pid, 0). So does a zombie, whose
    /// parent is slow to reap it, and a stranger that got the number. No process works in this cluster and none answers: the files are stale.
    /// </summary>
    void RemoveStaleFiles()
    {
        if (File.Exists(place.PidFile))
        {
            options.Log("clearing up after a PostgreSQL that was killed");
            File.Delete(place.PidFile);
        }
        if (!options.Loopback && Directory.Exists(place.Socket))
            foreach (var left in Directory.GetFiles(place.Socket, ".s.PGSQL.*"))
                File.Delete(left);
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
