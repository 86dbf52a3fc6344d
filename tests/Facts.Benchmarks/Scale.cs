namespace Facts.Benchmarks;

/// <summary>Questions as the store grows: at 1 %, 10 % and 100 % of its claims.</summary>
internal static class Scale
{
    const int Firsts = 3, Repeats = 15;

    static readonly string[] Questions =
    [
        "/v1/balances?group_by=donor", "/v1/balances?group_by=recipient", "/v1/balances?group_by=category",
        "/v1/balances?recipient={recipient}&group_by=donor", "/v1/commitments/{commitment}",
        "/v1/commitments?donor=DEU&limit=50", "/v1/commitments?donor=DEU&limit=50&sort=-stated_on", "/v1/commitments?item=system-1&limit=50&sort=due_on",
        "/v1/commitments?unit=system&limit=50&sort=-outstanding_low", "/v1/commitments?recipient={recipient}&limit=50&sort=due_on",
        "/v1/commitments?status=open&limit=50", "/v1/commitments?key={key}", "/v1/deliveries?donor=DEU&limit=50&sort=-stated_on",
        "/v1/claims?donor=DEU&limit=50&sort=-stated_on", "/v1/claims?kind=pledge&limit=50&sort=due_on", "/v1/claims?article_id=1",
        "/v1/claims?unit=vehicle&limit=50", "/v1/claims?q=minister&limit=50", "/v1/claims?q=recipient-0003%20french&limit=50", "/v1/claims?q=nowhere",
        "/v1/claims?limit=1&facet=kind,unit", "/v1/claims?limit=1&count=exact", "/v1/commitments?limit=1&facet=status,donor",
        "/v1/claims?limit=50&sort=quantity_low", "/v1/claims?quote__contains=nowhere",
        "/v1/balances?group_by=donor&as_of={past}", "/v1/balances/timeline?from={begin}&to={past}&interval=month&group_by=donor",
    ];

    public static async Task RunAsync(Store store, int claims)
    {
        await World.MakeCatalogueAsync(store, claims);
        var (loaded, smallest) = (0, new Dictionary<string, (double First, double Again)>());
        foreach (var size in new[] { claims / 100, claims / 10, claims })
        {
            await Loads.LoadAsync(store, World.Claims().Skip(loaded).Take(size - loaded), "ndjson");
            loaded = size;
            await store.AllDaysAsync();
            await store.RunAsync("vacuum analyze");
            Console.WriteLine($"  {size,10:N0} claims {"first ms",12} {"times",7} {"again ms",10} {"times",7}");
            var commitment = (await store.GetAsync($"/v1/commitments?key={World.Key(1, 0, "system", 0)}")).GetProperty("items")[0].GetProperty("id");
            foreach (var question in Questions)
            {
                var path = question.Replace("{recipient}", World.Recipient(1)).Replace("{commitment}", commitment.ToString())
                    .Replace("{key}", World.Key(1, 0, "system", 0)).Replace("{past}", World.Today.AddDays(-180).ToString("O"))
                    .Replace("{begin}", World.Today.AddDays(-900).ToString("O"));
                var now = await MeasureAsync(store, path);
                var least = smallest.GetValueOrDefault(question, now);
                smallest.TryAdd(question, now);
                Console.WriteLine($"  {now.First,28:0.0} {now.First / least.First,7:0.0} {now.Again,10:0.0} {now.Again / least.Again,7:0.0}  {question}");
            }
            Console.WriteLine($"  service memory {store.PeakMemory() / 1e6:N0} MB at most");
        }
    }

    /// <summary>Medians in milliseconds: of the first answer after a write, and of the answers that follow it.</summary>
    static async Task<(double First, double Again)> MeasureAsync(Store store, string path)
    {
        var (first, again) = (new List<double>(), new List<double>());
        await store.GetAsync(path);
        for (var turn = 0; turn < Firsts; turn++)
        {
            await store.ChangeAsync();
            first.Add(await Timing.OfAsync(() => store.GetAsync(path)));
            for (var repeat = 0; repeat < Repeats && again.Sum() < 10_000; repeat++) again.Add(await Timing.OfAsync(() => store.GetAsync(path)));
        }
        return (Timing.Median(first), Timing.Median(again));
    }
}
