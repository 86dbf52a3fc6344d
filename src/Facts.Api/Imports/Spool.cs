namespace Facts.Api.Imports;

/// <summary>
/// The directory of large files while they are received, below the data directory. Once an import is queued, its file is in the store:
/// <see cref="StoredFile"/>.
/// </summary>
/// <param name="directory">Path of the spool. It is created with the first file.</param>
/// <param name="prepare">Creates the parent directory.</param>
internal sealed class Spool(string directory, Action prepare)
{
    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Age since the last write. The slowest upload that the limits allow writes every few minutes.
    static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

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

    /// <summary>Deletes files left by uploads that a crash cut short.</summary>
    public void Sweep()
    {
        if (!Directory.Exists(directory)) return;
        foreach (var file in new DirectoryInfo(directory).EnumerateFiles("*.load"))
            if (file.LastWriteTimeUtc < DateTime.UtcNow - Abandoned) file.Delete();
    }

    void Prepare()
    {
        if (Directory.Exists(directory)) return;
        prepare();
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, Private);
    }
}
