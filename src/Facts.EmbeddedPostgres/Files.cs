namespace Facts.EmbeddedPostgres;

/// <summary>Helpers for files and directories.</summary>
static class Files
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Deletes a directory if that is possible. The next start tries again.</summary>
    public static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Writes a file that only its owner can read, already while it is being written.</summary>
    public static async Task WritePrivateAsync(string path, string text, OsAccount? account, CancellationToken cancel)
    {
        File.Delete(path);
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = OwnerOnly;
        await using (var writer = new StreamWriter(path, how))
            await writer.WriteAsync(text.AsMemory(), cancel);
        account?.Own(path);
    }

    /// <summary>The last lines of a log, for a message.</summary>
    public static string Tail(string path, int lines)
    {
        try
        {
            return string.Join('\n', File.ReadLines(path).TakeLast(lines));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
