using System.Net.Http.Json;

namespace Facts.Benchmarks;

/// <summary>Very many claims about one donor, recipient and unit, beside as many that are spread over 1,000 recipients.</summary>
internal static class Crowd
{
    const int Recipients = 1_000, Turns = 7;

    static readonly int[] Sizes = [2_000, 20_000];
    static readonly string[] Publishers = ["Reuters", "AP", "Le Monde", "BBC"];

    public static async Task RunAsync(Store store, int _)
    {
        await World.MakeCatalogueAsync(store, 1);
        for (var r = 1; r < Recipients; r++)
            await store.PostAsync("/v1/parties", JsonContent.Create(new { code = World.Recipient(r), name = $"Recipient number {r}", kind = "organization" }));
        Console.WriteLine($"  {"",-34} {"load s",8} {"one more ms",12} {"1,000 more s",13} {"past day ms",12} {"service MB",11}");
        foreach (var size in Sizes)
        {
            await MeasureAsync(store, $"{size:N0} in one place", size, _ => 0, "FRA", isOneDay: false);
            await MeasureAsync(store, $"{size:N0} spread", size, i => 1 + i % (Recipients - 1), "USA", isOneDay: false);
        }
        await MeasureAsync(store, "10,000 in one place", 10_000, _ => 0, "GBR", isOneDay: false);
        await MeasureAsync(store, "10,000 alike in one place", 10_000, _ => 0, "DEU", isOneDay: true);
        await MeasureAsync(store, "10,000 alike spread", 10_000, i => 1 + i % (Recipients - 1), "ITA", isOneDay: true);
    }

    static async Task MeasureAsync(Store store, string name, int size, Func<int, int> recipient, string donor, bool isOneDay)
    {
        // A place of its own for each size.
        var item = $"system-{size % 3}";
        donor = size == Sizes[^1] ? donor switch { "FRA" => "NLD", _ => "NOR" } : donor;
        var load = (await Loads.LoadAsync(store, Enumerable.Range(0, size).Select(Line), "ndjson")).Seconds;
        await store.RestartAsync();
        var one = new List<double>();
        for (var turn = 0; turn < Turns; turn++)
            one.Add((await Loads.LoadAsync(store, [Line(size + turn)], "ndjson")).Seconds * 1_000);
        var thousand = (await Loads.LoadAsync(store, Enumerable.Range(size + Turns, 1_000).Select(Line), "ndjson")).Seconds;
        var past = await Timing.OfAsync(() => store.GetAsync($"/v1/balances?donor={donor}&as_of={World.Today.AddDays(-200):O}"));
        Console.WriteLine($"  {name,-34} {load,8:0.0} {Timing.Median(one),12:0} {thousand,13:0.0} {past,12:0} {store.PeakMemory() / 1e6,11:N0}");

        ClaimLine Line(int i)
        {
            var random = new Random(i);
            var stated = isOneDay ? World.Today.AddDays(-400) : World.Today.AddDays(-random.Next(30, 700));
            var isDelivery = !isOneDay && i % 2 == 1;
            var quantity = isOneDay ? 1 : random.Next(1, 400);
            return new ClaimLine
            {
                ["external_id"] = $"crowd-{donor}-{i}",
                ["article_external_id"] = $"crowd-{donor}-{i % 500}",
                ["article_url"] = $"https://news.example.org/crowd-{donor}-{i % 500}",
                ["article_publisher"] = isOneDay ? Publishers[0] : Publishers[i % 500 % Publishers.Length],
                ["kind"] = isDelivery ? "delivery" : "pledge",
                ["firmness"] = isDelivery ? null : "pledged",
                ["donors"] = new[] { donor },
                ["recipient"] = World.Recipient(recipient(i)),
                ["items"] = new[] { item },
                ["quantity_low"] = quantity,
                ["quantity_high"] = quantity,
                ["unit"] = "system",
                ["stated_on"] = stated.ToString("O"),
                ["happened_on"] = isDelivery ? stated.ToString("O") : null,
                ["stage"] = isDelivery ? "arrived" : null,
                ["commitment"] = isDelivery || (!isOneDay && i % 4 == 0) ? null : $"crowd-{donor}-{i}",
                ["quote"] = $"{i} of them.",
            };
        }
    }
}
