using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Running;

/// <summary>The key with which the first keys are made.</summary>
/// <param name="Text">Never printed or logged.</param>
/// <param name="Place">The file that holds it; null where it is configured.</param>
internal sealed record FirstKey(string Text, string? Place)
{
    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const int RandomLength = 32;
    const int ChecksumLength = 6;
    const string Prefix = "fct_";

    /// <summary>The configured one, else the one in <c>admin.key</c>, else a new one that is written there for its owner alone.</summary>
    public static FirstKey Have(Settings settings)
    {
        if (settings.AdminKey is { } configured)
            return new FirstKey(configured, null);
        settings.MakeDataDirectory();
        var place = settings.AdminKeyFile;
        try
        {
            if (!File.Exists(place))
                Write(place);
            var text = File.ReadAllText(place).Trim();
            return text.Length > 0 ? new FirstKey(text, place) : throw new StartException($"{place} is empty. Delete it to have a new admin key made.");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The admin key in {place} cannot be read or written: {refusal.Message} Set Facts__AdminKey or Facts__DataDirectory.", refusal);
        }
    }

    /// <summary>A new key: <c>fct_</c>, 190 random bits, and a checksum by which scanners and typing errors are told without asking the store.</summary>
    public static string Make()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return Prefix + random + Checksum(random);
    }

    /// <summary>Whether a text has the form of a key made here.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + RandomLength + ChecksumLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.EndsWith(Checksum(text[Prefix.Length..^ChecksumLength]), StringComparison.Ordinal);

    static string Checksum(string random)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(random));
        return string.Concat(digest.Take(ChecksumLength).Select(part => Alphabet[part % Alphabet.Length]));
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
            writer.WriteLine(Make());
        File.Move(fresh, place, overwrite: false);
    }
}
