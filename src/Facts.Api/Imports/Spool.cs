namespace Facts.Api.Imports;

/// <summary>The directory where files of large loads wait: below the data directory, and still there after a crash.</summary>
/// <param name="directory">Made when the first file is.</param>
/// <param name="prepare">Makes the directory that it is in.</param>
internal sealed class Spool(string directory, Action prepare)
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Since it was last written to: the slowest upload that the limits allow writes every few minutes.
    static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Which spool it is, so that services with one store and several data directories leave each other's files alone.</summary>
    public string Id => field ??= ReadId();

    /// <summary>The same; null where nothing was ever spooled here.</summary>
    public string? KnownId => File.Exists(Path.Combine(directory, "id")) ? Id : null;

    /// <summary>A new file, to be written.</summary>
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

    /// <summary>A kept file, to be read from its beginning; null where it is gone.</summary>
    public FileStream? Open(string name)
    {
        var path = Path.Combine(directory, name);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 65_536, FileOptions.Asynchronous) : null;
    }

    public void Delete(string name) => File.Delete(Path.Combine(directory, name));

    /// <summary>Deletes what nobody will come back for: files of no load, from uploads that a crash cut short.</summary>
    public void Sweep(IReadOnlySet<string> kept)
    {
        if (!Directory.Exists(directory)) return;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*.load"))
            if (!kept.Contains(file.Name) && file.LastWriteTimeUtc < DateTime.UtcNow - Abandoned) file.Delete();
    }

    string ReadId()
    {
        Prepare();
        var path = Path.Combine(directory, "id");
        if (!File.Exists(path))
        {
            // Whoever comes first names it.
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
