using System.Diagnostics;

namespace Facts.Benchmarks;

/// <summary>Balances of past days and timelines, before and after the service has computed its projections for all days.</summary>
internal static class Past
{
    const int Turns = 5;

    public static async Task RunAsync(Store store, int claims)
    {
        await World.MakeCatalogueAsync(store, claims);
        var loading = Stopwatch.StartNew();
        await Loads.LoadAsync(store, World.Claims().Take(claims), "ndjson");
        Console.WriteLine($"  loaded in {loading.Elapsed.TotalSeconds:0.0} s");
        var (past, months) = (World.Today.AddDays(-180).ToString("O"), $"from={World.Today.AddMonths(-24):O}&to={World.Today:O}&interval=month");
        (string Name, string Path)[] questions =
        [
            ("a recipient, today", $"/v1/balances?recipient={World.Recipient(0)}&group_by=donor"),
            ("a recipient, a past day", $"/v1/balances?recipient={World.Recipient(0)}&group_by=donor&as_of={past}"),
            ("all by donor, today", "/v1/balances?group_by=donor"),
            ("all by donor, a past day", $"/v1/balances?group_by=donor&as_of={past}"),
            ("all by category, a past day", $"/v1/balances?group_by=category&as_of={past}"),
            ("all, 24 months", $"/v1/balances/timeline?{months}"),
            ("all by donor, known a day later", $"/v1/balances?group_by=donor&known_at={World.Today.AddDays(1):O}T00:00:00Z"),
        ];
        Console.WriteLine($"  {"",-32} {"first ms",10} {"again ms",10} {"service MB",11}");
        await AskAsync("before all days are computed");
        var computing = Stopwatch.StartNew();
        await store.AllDaysAsync();
        Console.WriteLine($"  all days computed after {computing.Elapsed.TotalSeconds:0.0} s more, of {await store.AskAsync<long>("select count(*) from partitions where computed_from = '-infinity'"):N0} of {await store.AskAsync<long>("select count(*) from partitions"):N0} partitions; {await store.AskAsync<long>("select pg_database_size(current_database())") / 1e6:N0} MB");
        await store.RunAsync("vacuum analyze");
        await AskAsync("after that");

        async Task AskAsync(string when)
        {
            Console.WriteLine($"  {when}");
            foreach (var (name, path) in questions)
            {
                var (times, again) = (new List<double>(), new List<double>());
                for (var turn = 0; turn < Turns && times.Sum() < 20_000; turn++)
                {
                    await store.ChangeAsync();
                    times.Add(await Timing.OfAsync(() => store.GetAsync(path)));
                    again.Add(await Timing.OfAsync(() => store.GetAsync(path)));
                }
                Console.WriteLine($"  {name,-32} {Timing.Median(times),10:0} {Timing.Median(again),10:0} {store.PeakMemory() / 1e6,11:N0}");
            }
        }
    }
}
