using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// The account that runs PostgreSQL if this process is root, because PostgreSQL refuses to run as root. Other processes run it as themselves.
/// </summary>
sealed partial record OsAccount(string Name, uint User, uint Group)
{
    /// <summary>True if this process is root.</summary>
    public static bool IsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The named account, else the owner of an existing cluster, else postgres, else nobody; null if this process is not root.</summary>
    public static async Task<OsAccount?> ForAsync(string? name, string cluster, CancellationToken cancel)
    {
        if (!IsRoot) return null;
        if (name is not null)
            return Known().FirstOrDefault(known => known.Name == name)
                ?? throw new EmbeddedServerException($"There is no account '{name}' for PostgreSQL to run as.");
        return await OwnerAsync(cluster, cancel)
            ?? Known().FirstOrDefault(known => known.Name == "postgres")
            ?? Known().FirstOrDefault(known => known.Name == "nobody")
            ?? throw new EmbeddedServerException("PostgreSQL does not run as root, and there is no account 'postgres' or 'nobody' for it. Make one of them.");
    }

    /// <summary>Makes the account the owner of a file or directory.</summary>
    public void Own(string path)
    {
        if (ChangeOwner(path, User, Group) != 0)
            throw new EmbeddedServerException($"{path} cannot be given to the account '{Name}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    /// <summary>
    /// Checks that the account can enter all directories above a path. A shell runs as the account and tries, because groups and ACLs count too.
    /// </summary>
    /// <exception cref="EmbeddedServerException">The account cannot enter one of the directories.</exception>
    public async Task RequireAccessAsync(string path, CancellationToken cancel)
    {
        var above = new List<string>();
        for (var directory = Path.GetDirectoryName(path); directory is not null; directory = Path.GetDirectoryName(directory))
            if (Directory.Exists(directory))
                above.Insert(0, directory);
        const string Script = "for d; do [ -x \"$d\" ] || { printf %s \"$d\"; exit 1; }; done";
        var answer = await Command.RunAsync("/bin/sh", ["-c", Script, "sh", .. above], "/", this, cancel);
        if (answer.Code != 0)
            throw new EmbeddedServerException(
                $"PostgreSQL does not run as root; it would run as '{Name}', which cannot enter {answer.Output}. "
                + "Choose a data directory elsewhere, for example /var/lib/facts.");
    }

    static async Task<OsAccount?> OwnerAsync(string path, CancellationToken cancel)
    {
        if (!Directory.Exists(path)) return null;
        var answer = await Command.RunAsync("stat", [OperatingSystem.IsMacOS() ? "-f" : "-c", "%u", path], "/", null, cancel);
        return answer.Code == 0 && uint.TryParse(answer.Output.Trim(), out var user) && user != 0 ? Known().FirstOrDefault(known => known.User == user) : null;
    }

    static IEnumerable<OsAccount> Known() =>
        from line in File.ReadLines("/etc/passwd")
        let field = line.Split(':')
        where field.Length > 3 && uint.TryParse(field[2], out _) && uint.TryParse(field[3], out _)
        select new OsAccount(field[0], uint.Parse(field[2]), uint.Parse(field[3]));

    // lchown changes the owner of a link itself, never of its target.
    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
