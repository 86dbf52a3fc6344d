using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;

namespace Facts.Api.Balances;

/// <summary>
/// How much may be counted twice by pairs that connect facts of several balance totals. The grouping of a question decides which of these facts are in one row,
/// so no total can hold it. Example: a joint pledge of three donors and that of one of them are in one row without groups, and in two rows by donor.
/// </summary>
internal sealed class SpanningOverlaps
{
    readonly Dictionary<(BalanceKey Key, string Kind), decimal> _overlaps;

    SpanningOverlaps(Dictionary<(BalanceKey, string), decimal> overlaps) => _overlaps = overlaps;

    public decimal Committed(BalanceKey row) => _overlaps.GetValueOrDefault((row, EnumWords.ToWord(FactKind.Commitment)));

    public decimal Delivered(BalanceKey row) => _overlaps.GetValueOrDefault((row, EnumWords.ToWord(FactKind.Delivery)));

    /// <summary>Reads the pairs among the facts that a current balance adds up, in one query.</summary>
    public static async Task<SpanningOverlaps> ReadAsync(FactsContext database, BalanceFilter filter, ItemTree items, CancellationToken cancel)
    {
        await using var command = await database.CommandAsync(Sql.Text("Balances", "spanning_pairs"), cancel,
            new NpgsqlParameter("day", filter.View.AsOf), Sql.ArrayParameter("recipients", filter.Names.Recipients));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new Dictionary<(BalanceKey, string), Pairs>();
        while (await reader.ReadAsync(cancel))
        {
            var (kind, recipient) = (reader.GetString(0), reader.GetString(1));
            var (a, b) = (Fact.Read(reader, 2), Fact.Read(reader, 7));
            if (!Matches(a) || !Matches(b) || KeyOf(a) is var row && row != KeyOf(b)) continue;
            if (!rows.TryGetValue((row, kind), out var pairs)) rows[(row, kind)] = pairs = new([], []);
            pairs.Connected.Add((a.Id, b.Id));
            (pairs.Lows[a.Id], pairs.Lows[b.Id]) = (a.Low, b.Low);

            bool Matches(Fact fact) => filter.Names.Matches(fact.Donors, recipient, fact.Items, fact.Unit);

            BalanceKey KeyOf(Fact fact) =>
                Balance.KeyOf(fact.Unit, CodeSet.From(fact.Donors), recipient, CodeSet.From(fact.Items), filter.GroupBy, items);
        }
        return new(rows.ToDictionary(r => r.Key, r => Overlap.Of(r.Value.Connected, r.Value.Lows)));
    }

    sealed record Pairs(List<(long, long)> Connected, Dictionary<long, decimal> Lows);

    /// <summary>One side of a pair, in five columns.</summary>
    readonly record struct Fact(long Id, string[] Donors, string[] Items, string? Unit, decimal Low)
    {
        public static Fact Read(NpgsqlDataReader reader, int first) => new(
            reader.GetInt64(first), reader.GetFieldValue<string[]>(first + 1), reader.GetFieldValue<string[]>(first + 2),
            reader.IsDBNull(first + 3) ? null : reader.GetString(first + 3), reader.GetDecimal(first + 4));
    }
}
