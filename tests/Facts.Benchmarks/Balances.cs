using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Facts.Benchmarks;

/// <summary>
/// The cost of a query and of one more claim as the store grows. The number of partitions grows, not their size, so both costs should stay
/// constant. Each query is compared with handwritten SQL over the claims that asks for it.
/// </summary>
internal static class Balances
{
    const int Rounds = 60;

    /// <summary>Balances of one recipient by donor and item, without the repeats, links and deadlines that the service computes.</summary>
    const string BalancesByHand =
        """
        select donors, items, unit,
          sum(quantity_low) filter (where kind in ('pledge', 'amendment')), sum(quantity_high) filter (where kind in ('pledge', 'amendment')),
          sum(quantity_low) filter (where kind = 'delivery'), sum(quantity_high) filter (where kind = 'delivery'),
          sum(quantity_low) filter (where kind = 'request'), count(*), count(distinct article_id), max(stated_to)
        from claims
        where recipient = $1 and superseded_in is null
        group by donors, items, unit
        """;

    const string CommitmentByHand =
        """
        select sum(quantity_low) filter (where kind in ('pledge', 'amendment')), sum(quantity_high) filter (where kind in ('pledge', 'amendment')),
          sum(quantity_low) filter (where kind = 'delivery'), sum(quantity_high) filter (where kind = 'delivery'), max(due_to), count(*)
        from claims
        where recipient = $1 and commitment = $2 and superseded_in is null
        """;

    public static async Task RunAsync(Store store, int claims)
    {
        await World.MakeCatalogueAsync(store, claims);
        Console.WriteLine($"{"claims",10} {"balances",12} {"by hand",10} {"ratio",7} {"commitment",12} {"by hand",10} {"ratio",7} {"one more claim",16}   (median ms of {Rounds})");
        var (loaded, first) = (0, (Balances: 0d, Commitment: 0d, Post: 0d));
        foreach (var size in new[] { claims / 100, claims / 10, claims })
        {
            await Loads.LoadAsync(store, World.Claims().Skip(loaded).Take(size - loaded), "ndjson");
            loaded = size;
            // As autovacuum does sooner or later; the question by hand depends on it, the service's own should not.
            await store.RunAsync("vacuum analyze");
            var now = await MeasureAsync(store, World.Recipients(size));
            if (first == default) first = now;
            else Console.WriteLine($"{"",10} {now.Balances / first.Balances,12:0.00} {"",18} {now.Commitment / first.Commitment,12:0.00} {"",18} {now.Post / first.Post,16:0.00}   times {claims / 100:N0} claims'");
        }
        Console.WriteLine($"service memory {store.PeakMemory() / 1e6:N0} MB at most, claims in {await store.AskAsync<long>("select pg_total_relation_size('claims')") / 1e6:N0} MB, all in {await store.AskAsync<long>("select pg_database_size(current_database())") / 1e6:N0} MB");
    }

    static async Task<(double Balances, double Commitment, double Post)> MeasureAsync(Store store, int recipients)
    {
        // Not the last recipient, whose claims may still be incomplete.
        int At(int round) => round * 37 % Math.Max(1, recipients - 1);
        var keyed = Enumerable.Range(0, Math.Max(1, recipients - 1)).ToDictionary(r => r, r => World.Key(r, 0, "system", 0));
        var ids = new Dictionary<int, long>();
        foreach (var recipient in Enumerable.Range(0, Rounds + 10).Select(At).Distinct())
            ids[recipient] = (await store.GetAsync($"/v1/commitments?key={keyed[recipient]}")).GetProperty("items")[0].GetProperty("id").GetInt64();

        await using var connection = await store.Database.OpenConnectionAsync();
        await using var balances = await PreparedAsync(connection, BalancesByHand, 1);
        await using var commitment = await PreparedAsync(connection, CommitmentByHand, 2);
        var medians = await Timing.MediansAsync(Rounds,
            round => store.GetAsync($"/v1/balances?recipient={World.Recipient(At(round))}&group_by=donor,item"),
            round => AskAsync(balances, World.Recipient(At(round))),
            round => store.GetAsync($"/v1/commitments/{ids[At(round)]}"),
            round => AskAsync(commitment, World.Recipient(At(round)), keyed[At(round)]));
        var post = (await Timing.MediansAsync(Rounds, round => PostAsync(store, At(round), round)))[0];
        Console.WriteLine($"{await store.AskAsync<long>("select count(*) from claims"),10:N0} {medians[0],12:0.00} {medians[1],10:0.00} {medians[0] / medians[1],7:0.0} {medians[2],12:0.00} {medians[3],10:0.00} {medians[2] / medians[3],7:0.0} {post,16:0.00}");
        return (medians[0], medians[2], post);
    }

    static Task<JsonElement> PostAsync(Store store, int recipient, int round) => store.PostAsync("/v1/claims", JsonContent.Create(new
    {
        external_id = Guid.NewGuid(),
        article_url = "https://news.example.org/one-more",
        kind = "delivery",
        donors = new[] { World.Donor(recipient, round % 8) },
        recipient = World.Recipient(recipient),
        items = new[] { "system-1" },
        quantity = 1 + round,
        unit = "system",
        stated_on = World.Today.ToString("O"),
        quote = "One more has come.",
    }));

    static async Task<NpgsqlCommand> PreparedAsync(NpgsqlConnection connection, string sql, int parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.PrepareAsync();
        return command;
    }

    static async Task AskAsync(NpgsqlCommand command, params string[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            for (var i = 0; i < reader.FieldCount; i++) _ = reader.GetValue(i);
    }
}
