namespace Facts.Cli;

/// <summary>A file that is there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes under another name until it is whole: nobody finds half a file, and one that was there stays.</summary>
    /// <exception cref="CommandException">The file cannot be written, or what is written to it is cut.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            await using (var output = new FileStream(part, FileMode.CreateNew, FileAccess.Write)) await write(output);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} is not written: {failure.Message}", failure);
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }
    }
}
