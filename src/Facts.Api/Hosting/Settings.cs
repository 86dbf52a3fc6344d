using Facts.Api.Access;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>What can be configured, read once at start; a value that makes no sense is a <see cref="StartException"/>.</summary>
/// <param name="ConnectionString"><c>ConnectionStrings:Facts</c>, an existing PostgreSQL; null: the embedded one.</param>
/// <param name="DataDirectory"><c>Facts:DataDirectory</c>: the embedded PostgreSQL, spooled loads and <c>admin.key</c>.</param>
/// <param name="Sample"><c>Facts:Sample</c>: whether an empty store gets the sample data; without it, in Development.</param>
/// <param name="AdminKey"><c>Facts:AdminKey</c>; null: the one in <c>admin.key</c>, made at the first start.</param>
/// <param name="AnonymousRead"><c>Access:AnonymousRead</c>: whether reading needs no key; it needs none unless said.</param>
/// <param name="PostgresDirectory"><c>Facts:PostgresDirectory</c>: the embedded PostgreSQL's programs; null: looked for.</param>
internal sealed record Settings(
    string? ConnectionString, string DataDirectory, bool Sample, string? AdminKey, bool AnonymousRead, string? PostgresDirectory)
{
    public static Settings From(IConfiguration configuration, IHostEnvironment environment) => new(
        Connection(Text(configuration.GetConnectionString("Facts"))),
        Directory(Text(configuration["Facts:DataDirectory"])),
        Flag(configuration, "Facts:Sample") ?? environment.IsDevelopment(),
        Key(Text(configuration["Facts:AdminKey"])),
        Flag(configuration, "Access:AnonymousRead") ?? true,
        Text(configuration["Facts:PostgresDirectory"]))
    {
        StatementTimeout = TimeSpan.FromSeconds(Seconds(configuration, "Facts:StatementTimeout") ?? 30),
        RequestsPerMinute = Number(configuration, "Access:RequestsPerMinute") ?? RateLimits.Default,
        TokenIssuer = Issuer(Text(configuration["Access:Oidc:Authority"]), Text(configuration["Access:Oidc:Audience"])),
    };

    /// <summary><c>Facts:StatementTimeout</c>, in seconds: what one query of a read may take.</summary>
    public TimeSpan StatementTimeout { get; private init; }

    /// <summary><c>Access:RequestsPerMinute</c>: how many a key, the owner of a token, or an address without either may make; 0: any number.</summary>
    public int RequestsPerMinute { get; private init; }

    /// <summary><c>Access:Oidc</c>: whose tokens are taken in place of keys; null: nobody's.</summary>
    public TokenIssuer? TokenIssuer { get; private init; }

    /// <summary>Whether the service runs its own PostgreSQL.</summary>
    public bool Embedded => ConnectionString is null;

    /// <summary>Where the first admin key is kept, unless it is configured.</summary>
    public string AdminKeyFile => Path.Combine(DataDirectory, "admin.key");

    /// <summary>Where large loads wait.</summary>
    public Imports.Spool NewSpool() => new(Path.Combine(DataDirectory, "spool"), MakeDataDirectory);

    /// <summary>Makes the data directory. PostgreSQL's account, which is another where the service is root, must be able to pass through.</summary>
    public void MakeDataDirectory()
    {
        try
        {
            if (OperatingSystem.IsWindows())
                System.IO.Directory.CreateDirectory(DataDirectory);
            else if (!System.IO.Directory.Exists(DataDirectory))
                System.IO.Directory.CreateDirectory(DataDirectory, Environment.IsPrivilegedProcess ? Passable : Private);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The data directory {DataDirectory} cannot be made: {refusal.Message} Set Facts__DataDirectory to another one.", refusal);
        }
    }

    const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode Passable = Private | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    static bool? Flag(IConfiguration configuration, string name) => Text(configuration[name]) switch
    {
        null => null,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new StartException($"{name} is '{text}'; it can be true or false."),
    };

    static double? Seconds(IConfiguration configuration, string name) => Text(configuration[name]) switch
    {
        null => null,
        var text when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 86_400 => seconds,
        var text => throw new StartException($"{name} is '{text}'; it can be 0.1 to 86400 seconds."),
    };

    static int? Number(IConfiguration configuration, string name) => Text(configuration[name]) switch
    {
        null => null,
        var text when int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new StartException($"{name} is '{text}'; it can be a whole number, or 0 for no limit."),
    };

    static TokenIssuer? Issuer(string? authority, string? audience) => (authority, audience) switch
    {
        (null, null) => null,
        (null, _) => throw new StartException("Access:Oidc:Audience is set and Access:Oidc:Authority is not; that is the issuer's address, such as https://login.example.org."),
        (_, null) => throw new StartException("Access:Oidc:Authority is set and Access:Oidc:Audience is not; that is what the issuer's tokens call this service, such as https://facts.example.org."),
        // Who can change what comes over a network could make keys of his own the issuer's.
        _ when Uri.TryCreate(authority, UriKind.Absolute, out var address) && address is { Query: "", Fragment: "" }
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) => new(address, audience),
        _ => throw new StartException($"Access:Oidc:Authority is '{authority}'; it can be an https address, such as https://login.example.org, or an http address of this machine."),
    };

    // Of several hosts, each a replica of one, the one that takes writes, unless told otherwise.
    static string? Connection(string? text)
    {
        if (text is null)
            return null;
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(parts.Host))
                throw new StartException("ConnectionStrings:Facts names no Host.");
            if (parts.Host.Contains(','))
                parts.TargetSessionAttributes ??= "primary";
            return parts.ConnectionString;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The message of the parser may hold the password.
            throw new StartException("ConnectionStrings:Facts is no connection string, such as: Host=localhost;Database=facts;Username=facts;Password=…", wrong);
        }
    }

    static string? Key(string? text) => text is null || (text.Length >= 16 && !text.Any(char.IsWhiteSpace))
        ? text
        : throw new StartException("Facts:AdminKey is too short or holds spaces; it takes 16 characters or more.");

    static string Directory(string? configured)
    {
        if (configured is not null)
            return Path.GetFullPath(configured);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            return "/var/lib/facts";
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? Path.Combine(local, "facts") : throw new StartException("There is no home directory to keep data in. Set Facts__DataDirectory.");
    }
}
