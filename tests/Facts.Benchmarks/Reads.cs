using System.Diagnostics;
using System.Net;

namespace Facts.Benchmarks;

/// <summary>Questions that are asked often, by eight callers at a time, beside a bare server that sends the same statements.</summary>
internal static class Reads
{
    const int Callers = 8, Rounds = 3;

    static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    public static async Task RunAsync(Store store, int claims)
    {
        await World.MakeCatalogueAsync(store, claims);
        await Loads.LoadAsync(store, World.Claims().Take(claims), "ndjson");
        await store.AllDaysAsync();
        await store.RunAsync("vacuum analyze");
        var ids = await store.AskAsync<long[]>("select array_agg(id order by id) from (select distinct id from commitments order by id limit 500) c");
        var recipients = World.Recipients(claims) - 1;
        await using var bare = await store.StartBareAsync();
        var tag = (await HeadersOfAsync(store.Http, "/v1/claims?limit=1")).ETag!.ToString();
        var bareTag = (await HeadersOfAsync(bare.Http, "/version")).ETag!.ToString();
        (string Name, Func<int, string> Path, Func<int, string> BarePath, string? Tag, string? BareTag)[] questions =
        [
            ("one commitment", i => $"/v1/commitments/{ids[i % ids.Length]}", i => $"/commitments/{ids[i % ids.Length]}", null, null),
            ("list of 50 by donor", _ => "/v1/commitments?donor=DEU&limit=50", _ => "/commitments?donor=DEU", null, null),
            // Each in an order of its own, so that no answer is a kept one.
            ("balances, first time", i => $"/v1/balances?recipient={World.Recipient(i % recipients)}&group_by=donor&sort={Order(i / recipients)}",
                i => $"/balances?recipient={World.Recipient(i % recipients)}", null, null),
            ("balances, again", i => $"/v1/balances?recipient={World.Recipient(i % recipients)}&group_by=donor",
                i => $"/balances?recipient={World.Recipient(i % recipients)}", null, null),
            ("304", _ => "/v1/claims?limit=1", _ => "/version", tag, bareTag),
        ];
        Console.WriteLine($"  {"",-24} {"requests/s",11} {"bare",8} {"ratio",6} {"ms of processor: service",25} {"database",9} {"bare",6} {"database",9}");
        foreach (var (name, path, barePath, sent, bareSent) in questions)
        {
            var (own, other) = (new List<Load>(), new List<Load>());
            await AskAsync(store.Http, path, sent, store, store.ServiceProcessor);
            await AskAsync(bare.Http, barePath, bareSent, store, bare.Processor);
            for (var round = 0; round < Rounds; round++)
            {
                own.Add(await AskAsync(store.Http, path, sent, store, store.ServiceProcessor));
                other.Add(await AskAsync(bare.Http, barePath, bareSent, store, bare.Processor));
            }
            var (a, b) = (Median(own), Median(other));
            Console.WriteLine($"  {name,-24} {a.Rate,11:0} {b.Rate,8:0} {a.Rate / b.Rate,6:0.00} {a.Service,25:0.00} {a.Database,9:0.00} {b.Service,6:0.00} {b.Database,9:0.00}");
        }
    }

    static readonly string[] Columns =
    [
        "requested_low", "intended_low", "original_low", "committed_low", "cancelled_low", "delivered_low", "credited_low", "surplus_low", "unpledged_low",
        "outstanding_low", "overdue_low", "unmet_need_low", "articles", "publishers", "claims", "commitments", "deliveries", "requests",
    ];

    // One of some thousand orders.
    static string Order(int number) =>
        $"{Columns[number % 18]},{(number / 18 % 2 == 0 ? "" : "-")}{Columns[(number + 1 + number / 36 % 17) % 18]},donor";

    /// <summary>Requests a second, and milliseconds of processor time for each: of the service and of the database.</summary>
    sealed record Load(double Rate, double Service, double Database);

    static Load Median(List<Load> loads) => loads.OrderBy(l => l.Rate).ElementAt(loads.Count / 2);

    static async Task<Load> AskAsync(HttpClient http, Func<int, string> path, string? tag, Store store, Func<double> processor)
    {
        var (service, database, watch, asked) = (processor(), store.DatabaseProcessor(), Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (watch.Elapsed < Turn)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path(Interlocked.Increment(ref asked)));
                if (tag is not null) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
                using var answer = await http.SendAsync(request);
                if (answer.StatusCode != (tag is null ? HttpStatusCode.OK : HttpStatusCode.NotModified))
                    throw new InvalidOperationException($"{request.RequestUri}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                await answer.Content.CopyToAsync(Stream.Null);
            }
        }));
        return new(asked / watch.Elapsed.TotalSeconds, (processor() - service) / asked, (store.DatabaseProcessor() - database) / asked);
    }

    static async Task<System.Net.Http.Headers.HttpResponseHeaders> HeadersOfAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        return answer.Headers;
    }
}
