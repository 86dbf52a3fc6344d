using System.Security.Cryptography;
using System.Text;

namespace Facts.EmbeddedPostgres;

/// <summary>The data directory and the paths in it.</summary>
sealed class ServerDirectory
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // sockaddr_un holds 108 bytes on Linux and 104 on macOS, with the final zero.
    const int LongestSocketPath = 103;
    const string SocketName = "/.s.PGSQL.5432";

    public ServerDirectory(string path, bool root)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var inside = Path.Combine(Root, "socket");
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..12];
        // Root uses /var/run, where only root can make a directory. Others use /tmp; PrepareSocket refuses a directory that another account made there.
        Socket = Encoding.UTF8.GetByteCount(inside + SocketName) <= LongestSocketPath ? inside : Path.Combine(root ? "/var/run" : "/tmp", $"postgres-{id}");
    }

    public string Root { get; }
    public string Cluster => Path.Combine(Root, "cluster");
    public string Configuration => Path.Combine(Cluster, "embedded.conf");
    public string PidFile => Path.Combine(Cluster, "postmaster.pid");
    public string Password => Path.Combine(Root, "password");
    public string Log => Path.Combine(Root, "server.log");
    public string StartLock => Path.Combine(Root, "start.lock");
    public string Lease => Path.Combine(Root, "lease.lock");
    public string Programs => Path.Combine(Root, "programs");

    /// <summary>The directory of the unix socket. Its path is short, because a socket's path has 103 bytes at most.</summary>
    public string Socket { get; }

    /// <summary>The major version of PostgreSQL that made the cluster; null if there is no cluster yet.</summary>
    public int? MadeBy
    {
        get
        {
            var path = Path.Combine(Cluster, "PG_VERSION");
            if (!File.Exists(path)) return null;
            var text = File.ReadAllText(path).Trim();
            return int.TryParse(text, out var major) ? major : throw new EmbeddedServerException($"{path} holds '{text}', which is no version of PostgreSQL.");
        }
    }

    /// <summary>Makes the data directory, which only the account can enter.</summary>
    public void Prepare(OsAccount? account)
    {
        try
        {
            Make(Root, account);
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
        {
            throw new EmbeddedServerException($"The data directory {Root} cannot be used: {refusal.Message}", refusal);
        }
    }

    /// <summary>Makes the directory of the socket, which only the account can enter. The socket itself asks for no password.</summary>
    public void PrepareSocket(OsAccount? account)
    {
        try
        {
            if (new DirectoryInfo(Socket).LinkTarget is not null)
                throw new EmbeddedServerException($"{Socket} is a link; it has to be a directory for PostgreSQL's socket. Remove it.");
            Make(Socket, account);
        }
        catch (Exception refusal) when (refusal is UnauthorizedAccessException or IOException)
        {
            throw new EmbeddedServerException($"The directory {Socket} for PostgreSQL's socket cannot be used: {refusal.Message}", refusal);
        }
    }

    static void Make(string path, OsAccount? account)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        if (Path.GetDirectoryName(path) is { } parent)
            Directory.CreateDirectory(parent);
        Directory.CreateDirectory(path, Private);
        account?.Own(path);
        File.SetUnixFileMode(path, Private);
    }
}
