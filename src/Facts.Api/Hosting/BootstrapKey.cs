using Facts.Api.Access;

namespace Facts.Api.Hosting;

/// <summary>The first admin key. It has all scopes, and with it an administrator makes the other keys.</summary>
/// <param name="Text">Text of the key. It is never printed or logged.</param>
/// <param name="Place">The file with the key; null if the key is configured.</param>
internal sealed record BootstrapKey(string Text, string? Place)
{
    /// <summary>
    /// Returns the configured key, else the key in <c>admin.key</c>, else a new key. A new key is written to <c>admin.key</c>, readable by its owner only.
    /// </summary>
    public static BootstrapKey GetOrCreate(Settings settings)
    {
        if (settings.AdminKey is { } configured) return new BootstrapKey(configured, null);
        settings.MakeDataDirectory();
        var place = settings.AdminKeyFile;
        try
        {
            if (!File.Exists(place))
                Write(place);
            var text = File.ReadAllText(place).Trim();
            return text.Length > 0 ? new BootstrapKey(text, place) : throw new StartException($"{place} is empty. Delete it to get a new admin key.");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"The admin key in {place} cannot be read or written: {refusal.Message} Set Facts__AdminKey or Facts__DataDirectory.", refusal);
        }
    }

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest wait for another service that is writing the key. Writing takes milliseconds.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // One service at a time. A rename is not a lock: two services that find no key would both write one.
    static void Write(string place)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
            try
            {
                using var fileLock = new FileStream(place + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (!File.Exists(place))
                    WriteAlone(place);
                return;
            }
            catch (IOException) when (waited < Patience)
            {
                if (File.Exists(place)) return;
                Thread.Sleep(Pause);
            }
    }

    // Writes to a temporary name first, so that a reader finds a complete key.
    static void WriteAlone(string place)
    {
        var fresh = $"{place}.{Guid.NewGuid():N}";
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, how))
            writer.WriteLine(ApiKeyFormat.Make());
        File.Move(fresh, place, overwrite: false);
    }
}
