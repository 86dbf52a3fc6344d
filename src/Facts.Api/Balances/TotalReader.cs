using Facts.Api.Database;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Balances;

/// <summary>Reads the rows of a balance from the stored balance totals. The database adds up the totals of each row.</summary>
/// <param name="filter">A query that totals can answer: <see cref="BalanceFilter.IsOfTotals"/>.</param>
/// <param name="items">The item tree.</param>
/// <param name="uncovered">Partitions whose rows do not hold on the days that are read.</param>
internal sealed class TotalReader(BalanceFilter filter, ItemTree items, string[] uncovered)
{
    // In the order in which they are read below.
    static readonly string[] MeasureColumns =
    [
        "requested", "intended", "original", "committed", "cancelled", "delivered", "credited", "surplus", "unpledged", "outstanding", "overdue",
        "overdue_original", "unmet_need",
    ];

    static readonly string[] CountColumns =
        ["commitments", "deliveries", "requests", "unquantified", "conditional", "on_hold", "disputed", "conflicts", "possible_overlap"];

    // A total without an upper bound makes the sum one without an upper bound.
    static readonly string Sums = string.Join(", ",
    [
        .. MeasureColumns.SelectMany(m => new[]
        {
            $"sum({m}_low)", $"case when not bool_or({m}_low is not null and {m}_high is null) then sum({m}_high) end",
        }),
        .. CountColumns.Select(c => $"sum({c})"), "sum(claims)", "sum(committed_overlap)", "sum(delivered_overlap)", "max(last_stated_on)",
    ]);

    /// <summary>Adds the queries for a day to a batch.</summary>
    public void AddTo(NpgsqlBatch batch, DateOnly day)
    {
        var matching = string.Join(" and ", Filters().Select(f => f.Condition).Prepend("valid_from <= @day and (valid_to is null or valid_to > @day)"));
        string[] groups =
        [
            "unit", filter.GroupBy.HasFlag(Grouping.Donor) ? "donors" : "null::text[]", filter.GroupBy.HasFlag(Grouping.Recipient) ? "recipient" : "null::text",
            (filter.GroupBy & (Grouping.Item | Grouping.Category)) != 0 ? "items" : "null::text[]",
        ];
        var key = string.Join(", ", groups);
        var columns = string.Join(", ", groups.Where(g => !g.Contains(':')));
        batch.Add($"select {key}, {Sums} from totals where {matching} group by {columns}", Parameters(day));
        batch.Add($"select {key}, article_ids, publishers from totals where {matching}", Parameters(day));
        SpanningOverlaps.AddTo(batch, filter, day, uncovered);
    }

    /// <summary>Reads the results of the queries, and adds them to the sums.</summary>
    /// <param name="reader">Stands at the first of the results.</param>
    /// <param name="sums">The sums of the day.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public async Task ReadAsync(NpgsqlDataReader reader, BalanceSummer sums, CancellationToken cancel)
    {
        while (await reader.ReadAsync(cancel)) AddSums(reader, sums);
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) sums.AddSources(KeyOf(reader), reader.GetFieldValue<long[]>(4), reader.GetFieldValue<string[]>(5));
        await reader.NextResultAsync(cancel);
        await SpanningOverlaps.ReadAsync(reader, filter, items, sums, cancel);
    }

    // Only what the query asks for is in the statement, so that the database can plan it by the indexes.
    IEnumerable<(string Condition, string Name, string[]? Values)> Filters() =>
        new (string, string, string[]?)[]
        {
            ("donors && @donors", "donors", filter.Names.Donors), ("recipient = any (@recipients)", "recipients", filter.Names.Recipients),
            ("items && @items", "items", filter.Names.Items), ("unit = any (@units)", "units", filter.Names.Units),
            ("partition <> all (@uncovered)", "uncovered", uncovered.Length == 0 ? null : uncovered),
        }.Where(f => f.Item3 is not null);

    IEnumerable<NpgsqlParameter> Parameters(DateOnly day) =>
        Filters().Select(f => Sql.ArrayParameter(f.Name, f.Values)).Prepend(new("day", NpgsqlDbType.Date) { Value = day });

    BalanceKey KeyOf(NpgsqlDataReader reader) => Balance.KeyOf(
        reader.IsDBNull(0) ? null : reader.GetString(0),
        reader.IsDBNull(1) ? CodeSet.Empty : CodeSet.From(reader.GetFieldValue<string[]>(1)),
        reader.IsDBNull(2) ? "" : reader.GetString(2),
        reader.IsDBNull(3) ? CodeSet.Empty : CodeSet.From(reader.GetFieldValue<string[]>(3)), filter.GroupBy, items);

    void AddSums(NpgsqlDataReader reader, BalanceSummer sums)
    {
        var column = 4;
        var measures = new Measures
        {
            Requested = Next(), Intended = Next(), Original = Next(), Committed = Next(), Cancelled = Next(), Delivered = Next(), Credited = Next(),
            Surplus = Next(), Unpledged = Next(), Outstanding = Next(), Overdue = Next(), OverdueOriginal = Next(), UnmetNeed = Next(),
            Commitments = NextCount(), Deliveries = NextCount(), Requests = NextCount(), Unquantified = NextCount(), Conditional = NextCount(),
            OnHold = NextCount(), Disputed = NextCount(), Conflicts = NextCount(), PossibleOverlap = NextCount(),
        };
        sums.Add(KeyOf(reader), measures, NextCount(), reader.GetDecimal(column++), reader.GetDecimal(column++),
            reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column));

        Interval? Next()
        {
            var (low, high) = (column++, column++);
            return reader.IsDBNull(low) ? null : new Interval(reader.GetDecimal(low), reader.IsDBNull(high) ? null : reader.GetDecimal(high));
        }

        int NextCount() => (int)reader.GetInt64(column++);
    }
}
