using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Facts.Cli;

/// <summary>The address of the service and the key. Options come first, then environment variables, then a config file.</summary>
/// <param name="Server">Address of the service, including a path before <c>/v1</c>.</param>
/// <param name="Key">The key; null for anonymous reading. It is never printed.</param>
internal sealed record Settings(Uri Server, string? Key)
{
    const string Default = "http://localhost:5080";

    public static readonly string Described =
        $"""
        Server and key:
          --server and --key or --key-file, else FACTS_SERVER and FACTS_KEY, else facts.json in this folder, else {HomeFile("~/.config")};
          the default server is {Default}. A config file: {"{"}"server": "https://facts.example.org", "key": "fct_…"{"}"},
          or "key_file" with the path of a file that holds the key.
        """;

    public static readonly Option<string?> ServerOption = new("--server")
    {
        HelpName = "URL",
        Description = $"Address of the service (FACTS_SERVER; {Default})",
        Recursive = true,
    };

    public static readonly Option<string?> KeyOption = new("--key") { HelpName = "KEY", Description = "Key of the service (FACTS_KEY)", Recursive = true };

    public static readonly Option<string?> KeyFileOption = new("--key-file")
    {
        HelpName = "FILE",
        Description = "File that contains the key, such as admin.key",
        Recursive = true,
    };

    static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static Settings From(ParseResult parsed)
    {
        var file = ConfigFile.Find();
        var key = parsed.GetValue(KeyOption) ?? KeyIn(parsed.GetValue(KeyFileOption)) ?? Environment("FACTS_KEY") ?? file.Key ?? KeyIn(file.KeyFile);
        var server = parsed.GetValue(ServerOption) ?? Environment("FACTS_SERVER") ?? file.Server ?? Default;
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new CommandException($"'{server}' is not the address of a service; it looks like {Default}");
        return new(address, key?.Trim());
    }

    static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    static string? KeyIn(string? file)
    {
        if (file is null) return null;
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the key cannot be read: {refusal.Message}", refusal);
        }
    }

    static string HomeFile(string config) => $"{config}/facts/config.json";

    sealed record ConfigFile(string? Server = null, string? Key = null, string? KeyFile = null)
    {
        /// <summary>Reads the first file that exists and no other. So the key of one file is never sent to the server of another file.</summary>
        public static ConfigFile Find()
        {
            var config = Environment("XDG_CONFIG_HOME")
                ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".config");
            return new[] { "facts.json", HomeFile(config) }.Where(File.Exists).Select(Read).FirstOrDefault() ?? new();
        }

        static ConfigFile Read(string path)
        {
            try
            {
                return JsonSerializer.Deserialize<ConfigFile>(File.ReadAllText(path), Strict) ?? new();
            }
            catch (Exception refusal) when (refusal is JsonException or IOException or UnauthorizedAccessException)
            {
                // The parser's message is not shown, because it may quote the line with the key.
                throw new CommandException($"the config file {path} cannot be read; it may have server, key and key_file, each a text", refusal);
            }
        }
    }
}
