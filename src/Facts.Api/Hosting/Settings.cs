using Facts.Api.Access;
using Npgsql;

namespace Facts.Api.Hosting;

/// <summary>The settings, read once at start. An invalid value is a <see cref="StartException"/>. The page docs/settings.md lists them for operators.</summary>
/// <param name="ConnectionString"><c>ConnectionStrings:Facts</c>, the connection string of an external PostgreSQL; null for the embedded one.</param>
/// <param name="DataDirectory"><c>Facts:DataDirectory</c>: the directory of the embedded PostgreSQL, the files of queued imports, and <c>admin.key</c>.</param>
/// <param name="Sample"><c>Facts:Sample</c>: true if an empty store gets the sample data. Default: true in the environment Development.</param>
/// <param name="AdminKey"><c>Facts:AdminKey</c>; null: the key in <c>admin.key</c>, which the first start makes.</param>
/// <param name="AnonymousRead"><c>Access:AnonymousRead</c>: true if reading needs no key. Default: true.</param>
/// <param name="PostgresDirectory"><c>Facts:PostgresDirectory</c>: the directory of PostgreSQL's programs for the embedded server; null: the service
/// searches for them.</param>
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
        IsPooled = Flag(configuration, "Facts:Pooler") ?? false,
        StatementTimeout = TimeSpan.FromSeconds(Seconds(configuration, "Facts:StatementTimeout") ?? 30),
        DrainTime = TimeSpan.FromSeconds(Seconds(configuration, "Facts:DrainSeconds", least: 0) ?? 30),
        RequestTimeout = TimeSpan.FromSeconds(Seconds(configuration, "Facts:RequestTimeout") ?? 30),
        RequestsPerMinute = Number(configuration, "Access:RequestsPerMinute") ?? RateLimits.Default,
        TokenIssuer = Issuer(Text(configuration["Access:Oidc:Authority"]), Text(configuration["Access:Oidc:Audience"])),
    };

    /// <summary><c>Facts:Pooler</c>: true if a pooler may give each transaction another session of the database. Default: false.</summary>
    public bool IsPooled { get; private init; }

    /// <summary><c>Facts:StatementTimeout</c>, in seconds: the longest time for one query of a read.</summary>
    public TimeSpan StatementTimeout { get; private init; }

    /// <summary><c>Facts:DrainSeconds</c>: the longest time from SIGTERM to the end, for requests under way.</summary>
    public TimeSpan DrainTime { get; private init; }

    /// <summary><c>Facts:RequestTimeout</c>, in seconds: the longest time until a question is answered, or the first row of a file is there.</summary>
    public TimeSpan RequestTimeout { get; private init; }

    /// <summary>
    /// <c>Access:RequestsPerMinute</c>: requests per minute for each key, each owner of a token, and each address without either; 0 for no limit.
    /// </summary>
    public int RequestsPerMinute { get; private init; }

    /// <summary><c>Access:Oidc</c>: the provider whose tokens the service accepts like keys; null for none.</summary>
    public TokenIssuer? TokenIssuer { get; private init; }

    /// <summary>True if the service runs the embedded PostgreSQL.</summary>
    public bool IsEmbedded => ConnectionString is null;

    /// <summary>The file of the first admin key, unless the key is configured.</summary>
    public string AdminKeyFile => Path.Combine(DataDirectory, "admin.key");

    /// <summary>The files of queued imports.</summary>
    public Imports.Spool NewSpool() => new(Path.Combine(DataDirectory, "spool"), MakeDataDirectory);

    /// <summary>Makes the data directory. If the service is root, PostgreSQL runs as another account, which must be able to enter the directory.</summary>
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

    static double? Seconds(IConfiguration configuration, string name, double least = 0.1) => Text(configuration[name]) switch
    {
        null => null,
        var text when double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            && seconds >= least && seconds <= 86_400 => seconds,
        var text => throw new StartException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{name} is '{text}'; it can be {least} to 86400 seconds.")),
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
        (null, _) => throw new StartException("Access:Oidc:Audience is set and Access:Oidc:Authority is not; "
            + "that is the issuer's address, such as https://login.example.org."),
        (_, null) => throw new StartException("Access:Oidc:Authority is set and Access:Oidc:Audience is not; "
            + "that is the aud of the issuer's tokens for this service, such as https://facts.example.org."),
        // Plain http only on this machine: a man in the middle could substitute the issuer's keys.
        _ when Uri.TryCreate(authority, UriKind.Absolute, out var address) && address is { Query: "", Fragment: "" }
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback) => new(address, audience),
        _ => throw new StartException($"Access:Oidc:Authority is '{authority}'; "
            + "it can be an https address, such as https://login.example.org, or an http address of this machine."),
    };

    // With several hosts, Npgsql connects to the primary, unless the connection string says otherwise.
    static string? Connection(string? text)
    {
        if (text is null) return null;
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrEmpty(parts.Host)) throw new StartException("ConnectionStrings:Facts names no Host.");
            if (parts.Host.Contains(','))
                parts.TargetSessionAttributes ??= "primary";
            return parts.ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The message of the parser is not shown, because it may contain the password.
            throw new StartException(
                "ConnectionStrings:Facts is no connection string, such as: Host=localhost;Database=facts;Username=facts;Password=…", exception);
        }
    }

    static string? Key(string? text) => text is null || (text.Length >= 16 && !text.Any(char.IsWhiteSpace))
        ? text
        : throw new StartException("Facts:AdminKey is too short or holds spaces; it takes 16 characters or more.");

    static string Directory(string? configured)
    {
        if (configured is not null) return Path.GetFullPath(configured);
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess) return "/var/lib/facts";
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? Path.Combine(local, "facts")
            : throw new StartException("There is no home directory to keep data in. Set Facts__DataDirectory.");
    }
}
