using System.Diagnostics;
using Npgsql;

namespace Facts.Benchmarks;

/// <summary>
/// Exports all claims as CSV through the interface and compares that with psql's \copy of an equal query into a file. Measures the service's memory as the
/// number of claims grows, in the other formats too.
/// </summary>
internal static class Exports
{
    const int Turns = 5;

    public static async Task RunAsync(Store store, int claims)
    {
        await World.MakeCatalogueAsync(store, claims);
        Console.WriteLine($"{"claims",10} {"CSV MB",9} {"seconds",9} {"rows/s",10} {"psql s",8} {"of psql's rate",16} {"memory before",15} {"after",10} {"at most",10}");
        var loaded = 0;
        foreach (var size in new[] { claims / 100, claims })
        {
            await Loads.LoadAsync(store, World.Claims().Skip(loaded).Take(size - loaded), "ndjson");
            loaded = size;
            // The rows for all days are computed after a load, and would be computed beside the exports.
            await store.AllDaysAsync();
            await store.RunAsync("vacuum analyze");
            await store.RestartAsync();
            await ExportAsync(store, "/v1/claims?format=csv&limit=1000");
            var before = store.Memory();
            // The first is compiled while it runs, which a small one would be measured by.
            await ExportAsync(store, "/v1/claims?format=csv");
            var (ofService, ofPsql, bytes) = (new List<double>(), new List<double>(), 0L);
            for (var turn = 0; turn < Turns; turn++)
            {
                (var took, bytes, var columns) = await ExportAsync(store, "/v1/claims?format=csv");
                ofService.Add(took);
                ofPsql.Add(await PsqlAsync(store, columns));
            }
            var (seconds, psql) = (Timing.Median(ofService), Timing.Median(ofPsql));
            Console.WriteLine($"{size,10:N0} {bytes / 1e6,9:0.0} {seconds,9:0.00} {size / seconds,10:N0} {psql,8:0.00} {psql / seconds,16:0.00} {before / 1e6,15:N0} {store.Memory() / 1e6,10:N0} {store.PeakMemory() / 1e6,10:N0}");
            foreach (var format in new[] { "ndjson", "parquet", "xlsx" }) await OtherAsync(store, format, size);
        }
    }

    /// <summary>Another format, from a service that has exported nothing before, so that its peak is this one's.</summary>
    static async Task OtherAsync(Store store, string format, int size)
    {
        await store.RestartAsync();
        await ExportAsync(store, $"/v1/claims?format={format}&limit=1000");
        var before = store.Memory();
        var (seconds, bytes, _) = await ExportAsync(store, $"/v1/claims?format={format}");
        Console.WriteLine($"{size,10:N0} {bytes / 1e6,9:0.0} {seconds,9:0.00} {size / seconds,10:N0} {format,8} {"",16} {before / 1e6,15:N0} {store.Memory() / 1e6,10:N0} {store.PeakMemory() / 1e6,10:N0}");
    }

    static async Task<(double Seconds, long Bytes, string[] Columns)> ExportAsync(Store store, string path)
    {
        var file = store.PathOf("export.csv");
        var took = await Timing.OfAsync(async () =>
        {
            using var answer = await store.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            await using var output = File.Create(file);
            await (await answer.Content.ReadAsStreamAsync()).CopyToAsync(output);
        });
        var columns = path.Contains("format=csv") ? File.ReadLines(file).First().Split(',') : [];
        var bytes = new FileInfo(file).Length;
        File.Delete(file);
        return (took / 1_000, bytes, columns);
    }

    /// <summary>Seconds that psql takes for the same columns of the same rows in the same order.</summary>
    static async Task<double> PsqlAsync(Store store, string[] columns)
    {
        var file = store.PathOf("psql.csv");
        var own = (await ColumnsAsync(store, "claims")).ToHashSet();
        var selected = columns.Select(c => c switch
        {
            "recorded_at" => "recorded.recorded_at",
            "superseded_at" => "superseded.recorded_at as superseded_at",
            _ => own.Contains(c) ? $"c.{c}" : $"a.{c["article_".Length..]} as {c}",
        });
        var query = $"select {string.Join(", ", selected)} from claims c join articles a on a.id = c.article_id "
            + "join changes recorded on recorded.id = c.recorded_in left join changes superseded on superseded.id = c.superseded_in "
            + "where c.superseded_in is null and a.retracted_at is null order by c.id";
        return await Timing.OfAsync(async () =>
        {
            var connection = new NpgsqlConnectionStringBuilder(store.ConnectionString);
            var start = new ProcessStartInfo("psql",
                ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", $"\\copy ({query}) to '{file}' csv header"])
            { RedirectStandardError = true };
            (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (connection.Host, $"{connection.Port}");
            (start.Environment["PGUSER"], start.Environment["PGPASSWORD"], start.Environment["PGDATABASE"]) = (connection.Username, connection.Password,
                connection.Database);
            using var psql = Process.Start(start)!;
            var error = await psql.StandardError.ReadToEndAsync();
            await psql.WaitForExitAsync();
            if (psql.ExitCode != 0) throw new InvalidOperationException(error);
        }) / 1_000;
    }

    static async Task<List<string>> ColumnsAsync(Store store, string table)
    {
        var columns = new List<string>();
        await using var command = store.Database.CreateCommand($"select column_name::text from information_schema.columns where table_name = '{table}'");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) columns.Add(reader.GetString(0));
        return columns;
    }
}
