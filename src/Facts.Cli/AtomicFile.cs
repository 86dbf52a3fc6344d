namespace Facts.Cli;

/// <summary>Writes a file completely or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary name and renames the file at the end. No program sees half a file, and a failure leaves an existing file unchanged.
    /// </summary>
    /// <exception cref="CommandException">The file cannot be written, or its source breaks off.</exception>
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
