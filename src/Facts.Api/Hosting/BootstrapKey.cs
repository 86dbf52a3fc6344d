using Facts.Api.Access;

namespace Facts.Api.Hosting;

/// <summary>The key with which the first keys are made.</summary>
/// <param name="Text">Never printed or logged.</param>
/// <param name="Place">The file that holds it; null where it is configured.</param>
internal sealed record BootstrapKey(string Text, string? Place)
{
    /// <summary>The configured one, else the one in <c>admin.key</c>, else a new one that is written there for its owner alone.</summary>
    public static BootstrapKey Have(Settings settings)
    {
        if (settings.AdminKey is { } configured)
            return new BootstrapKey(configured, null);
        settings.MakeDataDirectory();
        var place = settings.AdminKeyFile;
        try
        {
            if (!File.Exists(place))
                Write(place);
            var text = File.ReadAllText(place).Trim();
            return text.Length > 0 ? new BootstrapKey(text, place) : throw new StartException($"{place} is empty. Delete it to have a new admin key made.");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The admin key in {place} cannot be read or written: {refusal.Message} Set Facts__AdminKey or Facts__DataDirectory.", refusal);
        }
    }

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a service waits for another that is writing the key just now: far longer than that takes.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // One at a time, since a file system's move is no lock: of two that find no key, both would write one.
    static void Write(string place)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
            try
            {
                using var turn = new FileStream(place + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (!File.Exists(place))
                    WriteAlone(place);
                return;
            }
            catch (IOException) when (waited < Patience)
            {
                if (File.Exists(place))
                    return;
                Thread.Sleep(Pause);
            }
    }

    // Under another name first: whoever finds the file finds a whole key.
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
