using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Facts.EmbeddedPostgres;

/// <summary>The account that runs PostgreSQL for root, which PostgreSQL refuses. Without root there is none: it runs as the caller.</summary>
sealed partial record OsAccount(string Name, uint User, uint Group)
{
    /// <summary>Whether this process is root.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The one asked for, else the owner of a cluster that is there, else postgres, else nobody; null where this process is not root.</summary>
    public static async Task<OsAccount?> ForAsync(string? name, string cluster, CancellationToken cancel)
    {
        if (!IsRoot)
            return null;
        if (name is not null)
            return Known().FirstOrDefault(known => known.Name == name) ?? throw new EmbeddedServerException($"There is no account '{name}' for PostgreSQL to run as.");
        return await OwnerAsync(cluster, cancel)
            ?? Known().FirstOrDefault(known => known.Name == "postgres")
            ?? Known().FirstOrDefault(known => known.Name == "nobody")
            ?? throw new EmbeddedServerException("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' for it. Make one of them.");
    }

    /// <summary>Gives a file or directory to the account.</summary>
    public void Own(string path)
    {
        if (ChangeOwner(path, User, Group) != 0)
            throw new EmbeddedServerException($"{path} cannot be given to the account '{Name}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>Throws where the account cannot enter a directory above <paramref name="path"/>: asks as the account, since groups and ACLs count too.</summary>
    public async Task RequireAccessAsync(string path, CancellationToken cancel)
    {
        var above = new List<string>();
        for (var directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
            if (Directory.Exists(directory))
                above.Insert(0, directory);
        var answer = await Command.RunAsync("/bin/sh", ["-c", "for d; do [ -x \"$d\" ] || { printf %s \"$d\"; exit 1; }; done", "sh", .. above], "/", this, cancel);
        if (answer.Code != 0)
            throw new EmbeddedServerException(
                $"PostgreSQL does not run as root; it would run as '{Name}', which cannot enter {answer.Output}. Choose a data directory elsewhere, for example /var/lib/facts.");
    }

    static async Task<OsAccount?> OwnerAsync(string path, CancellationToken cancel)
    {
        if (!Directory.Exists(path))
            return null;
        var answer = await Command.RunAsync("stat", [OperatingSystem.IsMacOS() ? "-f" : "-c", "%u", path], "/", null, cancel);
        return answer.Code == 0 && uint.TryParse(answer.Output.Trim(), out var user) && user != 0 ? Known().FirstOrDefault(known => known.User == user) : null;
    }

    static IEnumerable<OsAccount> Known() =>
        from line in File.ReadLines("/etc/passwd")
        let field = line.Split(':')
        where field.Length > 3 && uint.TryParse(field[2], out _) && uint.TryParse(field[3], out _)
        select new OsAccount(field[0], uint.Parse(field[2]), uint.Parse(field[3]));

    // lchown: a link is given away itself, never what it points to.
    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
