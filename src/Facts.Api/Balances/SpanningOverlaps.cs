using Facts.Api.Database;
using Facts.Api.Http;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Balances;

/// <summary>
/// The amount that may be counted twice by pairs that connect facts of several balance totals. The grouping of a question decides which of these facts are
/// in one row, so no total can hold it. Example: a joint pledge of three donors and that of one of them are in one row without groups, and in two rows by
/// donor.
/// </summary>
internal static class SpanningOverlaps
{
    /// <summary>Adds the query for the pairs among the facts that a balance of a day adds up.</summary>
    /// <param name="batch">Receives the query.</param>
    /// <param name="filter">The query of the balance.</param>
    /// <param name="day">The day.</param>
    /// <param name="uncovered">Partitions whose rows do not hold on the day.</param>
    public static void AddTo(NpgsqlBatch batch, BalanceFilter filter, DateOnly day, string[] uncovered) => batch.Add(
        Sql.Text("Balances", "spanning_pairs"), new NpgsqlParameter("day", NpgsqlDbType.Date) { Value = day },
        Sql.ArrayParameter("recipients", filter.Names.Recipients), Sql.ArrayParameter("uncovered", uncovered));

    /// <summary>Reads the pairs, and adds to each row the amounts that they may count twice in it.</summary>
    public static async Task ReadAsync(NpgsqlDataReader reader, BalanceFilter filter, ItemTree items, BalanceSummer sums, CancellationToken cancel)
    {
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
        foreach (var ((row, kind), pairs) in rows)
        {
            var overlap = Overlap.Sum(pairs.Connected, pairs.Lows);
            var isCommitted = kind == EnumWords.ToWord(FactKind.Commitment);
            sums.Add(row, Measures.Zero, 0, isCommitted ? overlap : 0, isCommitted ? 0 : overlap, null);
        }
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
