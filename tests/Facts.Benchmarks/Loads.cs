namespace Facts.Benchmarks;

/// <summary>Imports a file of claims, projections included. Compares it with COPY of those rows into a table like that of the claims.</summary>
internal static class Loads
{
    public static async Task RunAsync(Store store, int claims)
    {
        Console.WriteLine($"{"",8} {"file MB",9} {"seconds",9} {"claims/s",10} {"COPY s",8} {"of COPY's rate",16} {"service MB",12} {"claims MB",12} {"all MB",10}");
        // In another store, which ends before the next import: the same claims again would change nothing there, and after an import the service
        // computes other days.
        await using (var other = await Store.StartAsync()) await MeasureAsync(other, claims, "csv");
        await MeasureAsync(store, claims, "ndjson");
    }

    static async Task MeasureAsync(Store store, int claims, string format)
    {
        await World.MakeCatalogueAsync(store, claims);
        var (seconds, bytes) = await LoadAsync(store, World.Claims().Take(claims), format);
        var loaded = await store.AskAsync<long>("select count(*) from claims");
        if (loaded != claims) throw new InvalidOperationException($"{loaded} claims are there");
        var memory = store.PeakMemory();
        var size = await store.AskAsync<long>("select pg_total_relation_size('claims')");
        var all = await store.AskAsync<long>("select pg_database_size(current_database())");
        var copy = await CopyAsync(store);
        Console.WriteLine($"{format,8} {bytes / 1e6,9:0.0} {seconds,9:0.0} {claims / seconds,10:N0} {copy,8:0.0} {copy / seconds,16:0.00} {memory / 1e6,12:N0} {size / 1e6,12:N0} {all / 1e6,10:N0}");
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

    /// <summary>Seconds for the rows of the claims, from a file, into a table with the same columns, checks, keys and indexes.</summary>
    static async Task<double> CopyAsync(Store store)
    {
        var file = store.PathOf("claims.copy");
        await using var connection = await store.Database.OpenConnectionAsync();
        await using (var rows = await connection.BeginRawBinaryCopyAsync("copy claims to stdout (format binary)"))
        await using (var output = File.Create(file)) await rows.CopyToAsync(output);
        await store.RunAsync(
            """
            create table claims_like (like claims including all);
            alter table claims_like add foreign key (article_id) references articles, add foreign key (recipient) references parties;
            checkpoint;
            """);
        var took = await Timing.OfAsync(async () =>
        {
            await using var rows = await connection.BeginRawBinaryCopyAsync("copy claims_like from stdin (format binary)");
            await using var input = File.OpenRead(file);
            await input.CopyToAsync(rows);
        });
        await store.RunAsync("drop table claims_like");
        File.Delete(file);
        return took / 1_000;
    }
}
