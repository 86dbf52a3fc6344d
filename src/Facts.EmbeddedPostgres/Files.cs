namespace Facts.EmbeddedPostgres;

static class Files
{
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Deletes a directory where that is possible; what stays is tried again at the next start.</summary>
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

    /// <summary>Writes a file that only its owner can read, from its first byte on.</summary>
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
