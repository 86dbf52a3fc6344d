using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Npgsql;

namespace Facts.Benchmarks;

/// <summary>
/// Single claims by more and more writers, each in places of its own, beside pgbench with as many clients. A transaction of pgbench writes the rows of one
/// claim, ends on the one row that all writers share, and commits in the same round trip. It reads and computes nothing.
/// </summary>
internal static partial class Writers
{
    const int Rounds = 3, Recipients = 128;

    // A place gets so many claims, whatever the number of writers: it then costs the same to compute.
    const int ClaimsOfPlace = 10;

    static readonly int[] Numbers = [1, 4, 16, 64];
    static readonly string[] Donors = ["DEU", "USA", "FRA", "GBR", "NLD", "NOR", "SWE", "DNK", "ITA", "ESP", "POL", "CZE", "FIN", "EST", "LVA", "LTU"];
    static readonly TimeSpan Turn = TimeSpan.FromSeconds(8), SampleEvery = TimeSpan.FromMilliseconds(50);

    // The tables that get a row with each claim.
    static readonly string[] Tables = ["articles", "claims", "commitments", "totals", "audit", "changes"];

    static int _places;

    public static async Task RunAsync(Store store, int _)
    {
        await World.MakeCatalogueAsync(store, 1);
        for (var r = 1; r < Recipients; r++)
            await store.PostAsync("/v1/parties", JsonContent.Create(new { code = World.Recipient(r), name = $"Recipient number {r}", kind = "organization" }));
        // The first seconds are those of the compiler.
        await WriteAsync(store, Numbers[^1]);
        var script = await ScriptAsync(store);
        Console.WriteLine($"  {"writers",8} {"claims/s",9} {"ms",6} {"pgbench tps",12} {"ratio",6}   connections by their waits, at {SampleEvery.TotalMilliseconds:0} ms");
        foreach (var writers in Numbers)
        {
            var (own, ceiling) = (new List<Load>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                own.Add(await WriteAsync(store, writers));
                ceiling.Add(await PgbenchAsync(store, script, writers));
            }
            var (median, tps) = (own.OrderBy(l => l.Rate).ElementAt(Rounds / 2), Timing.Median(ceiling));
            Console.WriteLine($"  {writers,8} {median.Rate,9:0.0} {median.Milliseconds,6:0} {tps,12:0} {median.Rate / tps,6:0.00}   {Text(own.SelectMany(l => l.Waits))}");
        }

        static string Text(IEnumerable<string> waits) => string.Join(", ", waits.CountBy(w => w).OrderByDescending(w => w.Value).Take(8).Select(w => $"{w.Value} {w.Key}"));
    }

    /// <summary>Claims a second, the median of their milliseconds, and a wait for each busy connection of each sample.</summary>
    sealed record Load(double Rate, double Milliseconds, List<string> Waits);

    static async Task<Load> WriteAsync(Store store, int writers)
    {
        var (clock, times) = (Stopwatch.StartNew(), new List<double>());
        var sampling = SampleAsync(store, clock);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
        {
            var place = 0;
            for (var i = 0; clock.Elapsed < Turn; i++)
            {
                if (i % ClaimsOfPlace == 0) place = Interlocked.Increment(ref _places);
                var took = await Timing.OfAsync(() => store.PostAsync("/v1/claims", JsonContent.Create(Claim(place, i))));
                lock (times) times.Add(took);
            }
        }));
        return new(times.Count / clock.Elapsed.TotalSeconds, Timing.Median(times), await sampling);
    }

    static Dictionary<string, object> Claim(int place, int i) => new()
    {
        ["external_id"] = $"writers-{place}-{i}",
        ["article_external_id"] = $"writers-{place}-{i}",
        ["article_url"] = $"https://news.example.org/writers/{place}/{i}",
        ["article_publisher"] = "Reuters",
        ["kind"] = "pledge",
        ["donors"] = new[] { Donors[place / Recipients % Donors.Length] },
        ["recipient"] = World.Recipient(place % Recipients),
        ["items"] = new[] { "system-1" },
        ["quantity"] = 1 + i % 9,
        ["unit"] = "system",
        ["stated_on"] = World.Today.AddDays(-30 - i).ToString("O"),
        ["commitment"] = $"writers-{place}-{i}",
        ["quote"] = $"{i} of them.",
    };

    /// <summary>The waits of the service's connections in its database, at even times.</summary>
    static async Task<List<string>> SampleAsync(Store store, Stopwatch clock)
    {
        var waits = new List<string>();
        await using var connection = await store.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            """
            select coalesce(wait_event_type || ':' || wait_event, 'running'), query
            from pg_stat_activity
            where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid() and backend_type = 'client backend'
            """, connection);
        for (; clock.Elapsed < Turn; await Task.Delay(SampleEvery))
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                waits.Add(reader.GetString(0) switch
                {
                    var wait when wait.StartsWith("Lock:", StringComparison.Ordinal) => $"{wait} ({Target(reader.GetString(1))})",
                    var wait => wait,
                });
        }
        return waits;
    }

    /// <summary>The table of a statement that waits for a row.</summary>
    static string Target(string statement) =>
        Changed().Match(statement) is { Success: true } change ? change.Groups[1].Value : statement[..Math.Min(40, statement.Length)];

    [GeneratedRegex(@"(?:update|insert into|from) (\w+)")]
    private static partial Regex Changed();

    /// <summary>Writes the script of pgbench. Its tables are like those of the store, with all indexes, and each row is like one of the store.</summary>
    static async Task<string> ScriptAsync(Store store)
    {
        await store.RunAsync(
            """
            create schema ceiling;
            create sequence ceiling.ids;
            create table ceiling.dataset as select version, recorded_at from dataset;
            create table ceiling.partitions as select 'place ' || n as partition, 0 as writes from generate_series(0, 63) n;
            alter table ceiling.partitions add primary key (partition);
            """);
        var inserts = new Dictionary<string, string>();
        foreach (var table in Tables)
        {
            await store.RunAsync(
                $"create table ceiling.{table} (like {table} including all); create table ceiling.one_{table} as select * from {table} order by id desc limit 1");
            var columns = await store.AskAsync<string[]>(
                $"""
                select array_agg(column_name::text) from information_schema.columns
                where table_schema = 'public' and table_name = '{table}' and is_generated = 'NEVER'
                """);
            inserts[table] = $"insert into ceiling.{table} ({string.Join(", ", columns)}) overriding system value "
                + $"select {string.Join(", ", columns.Select(Value))} from ceiling.one_{table};";
        }
        var script = store.PathOf("writers.sql");
        await File.WriteAllTextAsync(script,
            $"""
            begin;
            update ceiling.partitions set writes = writes + 1 where partition = 'place ' || :client_id;
            {inserts["articles"]}
            {inserts["claims"]}
            {inserts["commitments"]}
            {inserts["totals"]}
            \startpipeline
            update ceiling.dataset set version = version + 1, recorded_at = now();
            {inserts["audit"]}
            {inserts["changes"]}
            commit;
            \endpipeline

            """);
        return script;

        static string Value(string column) => column switch
        {
            "id" or "sequence" => "nextval('ceiling.ids')",
            "external_id" or "url" => "'ceiling ' || nextval('ceiling.ids')",
            _ => column,
        };
    }

    /// <summary>Transactions a second of so many clients of pgbench.</summary>
    static async Task<double> PgbenchAsync(Store store, string script, int clients)
    {
        var connection = new NpgsqlConnectionStringBuilder(store.ConnectionString);
        var start = new ProcessStartInfo("pgbench",
            ["-n", "-M", "prepared", "-f", script, "-c", $"{clients}", "-j", $"{Math.Min(clients, Environment.ProcessorCount)}", "-T", $"{Turn.TotalSeconds:0}"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (connection.Host, $"{connection.Port}");
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"], start.Environment["PGDATABASE"]) = (connection.Username, connection.Password,
            connection.Database);
        using var pgbench = Process.Start(start)!;
        var error = pgbench.StandardError.ReadToEndAsync();
        var output = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        if (Tps().Match(output) is not { Success: true } tps || pgbench.ExitCode != 0) throw new InvalidOperationException(output + await error);
        return double.Parse(tps.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"tps = ([\d.]+)")]
    private static partial Regex Tps();
}
