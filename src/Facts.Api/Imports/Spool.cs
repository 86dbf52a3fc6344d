namespace Facts.Api.Imports;

/// <summary>The directory of the files of queued imports, below the data directory. The files survive a crash.</summary>
/// <param name="directory">Path of the spool. It is created with the first file.</param>
/// <param name="prepare">Creates the parent directory.</param>
internal sealed class Spool(string directory, Action prepare)
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Age since the last write. The slowest upload that the limits allow writes every few minutes.
    static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Id of the spool. Services with one store and several data directories run only the imports of their own spool.</summary>
    public string Id => field ??= ReadId();

    /// <summary><see cref="Id"/>, or null if this spool never had a file.</summary>
    public string? KnownId => File.Exists(Path.Combine(directory, "id")) ? Id : null;

    /// <summary>Creates an empty file to write to.</summary>
    public FileStream Create()
    {
        Prepare();
        return new FileStream(Path.Combine(directory, Guid.CreateVersion7().ToString("N") + ".load"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        });
    }

    /// <summary>Opens a file at its beginning; null if it does not exist.</summary>
    public FileStream? Open(string name)
    {
        var path = Path.Combine(directory, name);
        if (!File.Exists(path)) return null;
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 65_536, FileOptions.Asynchronous);
    }

    public void Delete(string name) => File.Delete(Path.Combine(directory, name));

    /// <summary>Deletes files that belong to no import, left by uploads that a crash cut short.</summary>
    public void Sweep(IReadOnlySet<string> used)
    {
        if (!Directory.Exists(directory)) return;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*.load"))
            if (!used.Contains(file.Name) && file.LastWriteTimeUtc < DateTime.UtcNow - Abandoned) file.Delete();
    }

    string ReadId()
    {
        Prepare();
        var path = Path.Combine(directory, "id");
        if (!File.Exists(path))
        {
            // The first of several processes names the spool; the others read its name.
            var made = path + "." + Guid.NewGuid().ToString("N");
            File.WriteAllText(made, Guid.NewGuid().ToString("N"));
            try
            {
                File.Move(made, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(made);
            }
        }
        return File.ReadAllText(path);
    }

    void Prepare()
    {
        if (Directory.Exists(directory)) return;
        prepare();
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, Private);
    }
}
