namespace Facts.Benchmarks;

/// <summary>
/// Imports a file of claims, projections included. Compares it with COPY of all the rows that it has written, and of the claims alone, into tables like theirs.
/// </summary>
internal static class Loads
{
    public static async Task RunAsync(Store store, int claims)
    {
        Console.WriteLine($"{"",8} {"file MB",9} {"seconds",9} {"claims/s",10} {"COPY s",8} {"of its rate",12} {"claims only s",14} {"of its rate",12} {"service MB",12} {"claims MB",12} {"all MB",10}");
        // In another store, which ends before the next import: the same claims again would change nothing there, and after an import the service
        // computes other days.
        await using (var other = await Store.StartAsync()) await MeasureAsync(other, claims, "csv");
        await MeasureAsync(store, claims, "ndjson");
    }

    static async Task MeasureAsync(Store store, int claims, string format)
    {
        await World.MakeCatalogueAsync(store, claims);
        var filled = await FilledTablesAsync(store);
        var (seconds, bytes) = await LoadAsync(store, World.Claims().Take(claims), format);
        var loaded = await store.AskAsync<long>("select count(*) from claims");
        if (loaded != claims) throw new InvalidOperationException($"{loaded} claims are there");
        var memory = store.PeakMemory();
        var size = await store.AskAsync<long>("select pg_total_relation_size('claims')");
        var all = await store.AskAsync<long>("select pg_database_size(current_database())");
        string[] written = [.. (await FilledTablesAsync(store)).Except(filled)];
        var copy = await CopyAsync(store, written);
        var claimsOnly = await CopyAsync(store, ["claims"]);
        Console.WriteLine($"{format,8} {bytes / 1e6,9:0.0} {seconds,9:0.0} {claims / seconds,10:N0} {copy,8:0.0} {copy / seconds,12:0.00} {claimsOnly,14:0.0} {claimsOnly / seconds,12:0.00} {memory / 1e6,12:N0} {size / 1e6,12:N0} {all / 1e6,10:N0}");
    }

    /// <summary>Most claims that are sent at a time.</summary>
    public static int Batch { get; set; } = int.MaxValue;

    /// <summary>Imports claims, by default as one file. Returns the seconds from the first byte to the last report, and the size in bytes.</summary>
    public static async Task<(double Seconds, long Bytes)> LoadAsync(Store store, IEnumerable<ClaimLine> claims, string format)
    {
        var file = store.PathOf("claims." + format);
        var (took, bytes) = (0d, 0L);
        // Not by Chunk where all go at once: a million claims are no small list.
        foreach (var some in Batch == int.MaxValue ? [claims] : claims.Chunk(Batch).Cast<IEnumerable<ClaimLine>>())
        {
            bytes += ClaimLine.Write(file, some);
            took += await Timing.OfAsync(() => store.LoadAsync(file, format == "csv" ? "text/csv" : "application/x-ndjson"));
            File.Delete(file);
        }
        return (took / 1_000, bytes);
    }

    static async Task<string[]> FilledTablesAsync(Store store)
    {
        var tables = await store.AskAsync<string[]>("select array_agg(tablename::text order by tablename) from pg_tables where schemaname = 'public' and tablename ~ '^[a-z_]+$'");
        var filled = new List<string>();
        foreach (var table in tables)
            if (await store.AskAsync<bool>($"select exists (select from {table})")) filled.Add(table);
        return [.. filled];
    }

    /// <summary>Seconds for the rows of some tables, from files, into tables with the same columns, checks, keys and indexes.</summary>
    static async Task<double> CopyAsync(Store store, string[] tables)
    {
        await using var connection = await store.Database.OpenConnectionAsync();
        foreach (var table in tables)
        {
            await using (var rows = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)"))
            await using (var output = File.Create(FileOf(table))) await rows.CopyToAsync(output);
            var foreignKeys = await store.AskAsync<string>(
                $"""
                select coalesce(string_agg('add ' || pg_get_constraintdef(oid), ', '), '') from pg_constraint
                where contype = 'f' and conrelid = '{table}'::regclass
                """);
            await store.RunAsync($"create table {table}_like (like {table} including all)");
            if (foreignKeys.Length > 0) await store.RunAsync($"alter table {table}_like {foreignKeys}");
        }
        await store.RunAsync("checkpoint");
        var took = 0d;
        foreach (var table in tables)
            took += await Timing.OfAsync(async () =>
            {
                await using var rows = await connection.BeginRawBinaryCopyAsync($"copy {table}_like from stdin (format binary)");
                await using var input = File.OpenRead(FileOf(table));
                await input.CopyToAsync(rows);
            });
        foreach (var table in tables)
        {
            await store.RunAsync($"drop table {table}_like");
            File.Delete(FileOf(table));
        }
        return took / 1_000;

        string FileOf(string table) => store.PathOf(table + ".copy");
    }
}
