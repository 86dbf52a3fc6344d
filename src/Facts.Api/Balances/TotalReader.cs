using System.Runtime.CompilerServices;
using Facts.Api.Database;
using Facts.Api.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Balances;

/// <summary>
/// Reads the rows of a balance on some days from the stored balance totals. The database adds up the totals of each row that hold on the same days, so that
/// many days take one pass over the totals.
/// </summary>
/// <param name="filter">A query that totals can answer: <see cref="BalanceFilter.IsOfTotals"/>.</param>
/// <param name="items">The item tree.</param>
/// <param name="uncovered">Partitions whose rows do not hold on the days that are read.</param>
/// <param name="days">The days, ascending.</param>
/// <param name="withSources">True to count articles and publishers. They are sent from the database for every total, which takes as long as all sums.</param>
/// <param name="only">
/// Only these measures, without counts, overlaps and sources, for a chart over many days: a quarter of the time; null for everything. The others are 0.
/// </param>
internal sealed class TotalReader(BalanceFilter filter, ItemTree items, string[] uncovered, IReadOnlyList<DateOnly> days, bool withSources = true,
    IReadOnlyCollection<string>? only = null)
{
    // Positions in the list of days: the first one on which a total holds, and the first one after it on which it does not.
    const string HoldsFrom = "width_bucket(valid_from - 1, @days)", HoldsUntil = "coalesce(width_bucket(valid_to - 1, @days), cardinality(@days))";

    const string HoldsBetween = "valid_from <= @last and (valid_to is null or valid_to > @first)";

    // In the order in which they are read below. The unmet need follows.
    static readonly string[] MeasureColumns =
    [
        "requested", "intended", "original", "committed", "cancelled", "delivered", "credited", "surplus", "unpledged", "outstanding", "overdue",
        "overdue_original",
    ];

    static readonly string[] CountColumns =
        ["commitments", "deliveries", "requests", "unquantified", "conditional", "on_hold", "disputed", "conflicts", "possible_overlap"];

    string SumsOfOnly => string.Join(", ",
    [
        .. MeasureColumns.SelectMany(m =>
            only!.Contains(m) ? new[] { $"sum({m}_low)", SumOfHighs($"{m}_low", $"{m}_high") } : ["null::numeric", "null::numeric"]),
        "null::numeric", "null::numeric", .. CountColumns.Select(_ => "0::bigint"), "0::bigint", "0::numeric", "0::numeric", "null::date",
    ]);

    // All sums of totals, with that of the unmet need.
    static string Sums((string Low, string High) need) => string.Join(", ",
    [
        .. MeasureColumns.SelectMany(m => new[] { $"sum({m}_low)", SumOfHighs($"{m}_low", $"{m}_high") }), need.Low, need.High,
        .. CountColumns.Select(c => $"sum({c})"), "sum(claims)", "sum(committed_overlap)", "sum(delivered_overlap)", "max(last_stated_on)",
    ]);

    // The sum of the unmet need on a day.
    static (string Low, string High) NeedOn(string day)
    {
        var (low, high) = (UnmetNeeds.Column("low", day), UnmetNeeds.Column("high", day));
        return ($"sum({low})", SumOfHighs(low, high));
    }

    // A total without an upper bound makes the sum one without an upper bound.
    static string SumOfHighs(string low, string high) => $"case when not bool_or({low} is not null and {high} is null) then sum({high}) end";

    /// <summary>Adds the queries to a batch.</summary>
    public void AddTo(NpgsqlBatch batch)
    {
        // Of many days, most totals hold only between two of them.
        string[] holds = days.Count == 1 ? [HoldsBetween] : [HoldsBetween, $"{HoldsFrom} < {HoldsUntil}"];
        var matching = string.Join(" and ", holds.Concat(Filters().Select(f => f.Condition)));
        string[] groups =
        [
            "unit", filter.GroupBy.HasFlag(Grouping.Donor) ? "donors" : "null::text[]", filter.GroupBy.HasFlag(Grouping.Recipient) ? "recipient" : "null::text",
            (filter.GroupBy & (Grouping.Item | Grouping.Category)) != 0 ? "items" : "null::text[]", HoldsFrom, HoldsUntil,
        ];
        var key = string.Join(", ", groups);
        var columns = string.Join(", ", groups.Where(g => !g.Contains(':')));
        if (only is not null)
        {
            batch.Add($"select {key}, {SumsOfOnly} from totals where {matching} group by {columns}", Parameters());
            return;
        }
        batch.Add(
            $"select {key}, {Sums(days.Count == 1 ? NeedOn("@first") : ("null::numeric", "null::numeric"))} from totals where {matching} group by {columns}",
            Parameters());
        if (days.Count > 1) AddNeeds(batch, groups[..^2], matching);
        AddUnquantified(batch, groups[..^2]);
        if (withSources) batch.Add($"select {key}, article_ids, publishers from totals where {matching}", Parameters());
        foreach (var day in days) SpanningOverlaps.AddTo(batch, filter, day, uncovered);
    }

    // The unmet need on each of many days: it changes while a total holds.
    void AddNeeds(NpgsqlBatch batch, string[] groups, string matching)
    {
        var (low, high) = NeedOn("day");
        batch.Add(
            $"""
            select {string.Join(", ", groups)}, position - 1, {low}, {high}
            from totals
            cross join unnest(@days) with ordinality as days (day, position)
            where {matching} and requests > 0 and valid_from <= day and (valid_to is null or valid_to > day)
            group by {string.Join(", ", groups.Where(g => !g.Contains(':')).Append("position"))}
            """, Parameters());
    }

    // Commitments without a number of which anything may be outstanding after a deadline. Totals have only numbers, and such commitments have an index.
    void AddUnquantified(NpgsqlBatch batch, string[] groups) => batch.Add(
        $"""
        select {string.Join(", ", groups)}, position - 1, count(*) filter (where due_to < day),
            count(*) filter (where (deadlines -> 0 ->> 'DueTo')::date < day)
        from commitments
        cross join unnest(@days) with ordinality as days (day, position)
        where {string.Join(" and ", Filters().Select(f => f.Condition).Prepend("unquantified and due_on is not null"))}
            and not conditional and firmness <> 'intent' and status in ('open', 'partial') and valid_from <= day and (valid_to is null or valid_to > day)
        group by {string.Join(", ", groups.Where(g => !g.Contains(':')).Append("position"))}
        """, Parameters());

    /// <summary>Reads the results of the queries, adds them to sums, and gives the rows of each day in order.</summary>
    /// <param name="reader">Stands at the first of the results.</param>
    /// <param name="sums">The sums of each day so far. Those of a day are given up when its rows are made, since they may be large.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public async IAsyncEnumerable<(DateOnly Day, IReadOnlyList<BalanceSums> Rows)> ReadAsync(
        NpgsqlDataReader reader, Dictionary<DateOnly, BalanceSummer> sums, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (await reader.ReadAsync(cancel)) AddSums(reader, sums);
        if (only is not null)
        {
            foreach (var day in days) yield return (day, sums[day].Rows());
            yield break;
        }
        await reader.NextResultAsync(cancel);
        if (days.Count > 1)
        {
            while (await reader.ReadAsync(cancel))
                sums[days[(int)reader.GetInt64(From)]].Add(KeyOf(reader), Measures.Zero with { UnmetNeed = IntervalAt(reader, From + 1) }, 0, 0, 0, null);
            await reader.NextResultAsync(cancel);
        }
        while (await reader.ReadAsync(cancel))
            sums[days[(int)reader.GetInt64(From)]].Add(KeyOf(reader), Measures.Zero with
            {
                UnquantifiedOverdue = (int)reader.GetInt64(From + 1),
                UnquantifiedOverdueOriginal = (int)reader.GetInt64(From + 2),
            }, 0, 0, 0, null);
        await reader.NextResultAsync(cancel);
        var sources = withSources ? await SourcesAsync(reader, cancel) : null;
        for (var day = 0; day < days.Count; day++)
        {
            if (day > 0 || withSources) await reader.NextResultAsync(cancel);
            sums.Remove(days[day], out var ofDay);
            await SpanningOverlaps.ReadAsync(reader, filter, items, ofDay!, cancel);
            yield return (days[day], ofDay!.Rows(sources?.On(day)));
        }
    }

    // Columns of both results.
    const int From = 4, Until = 5, Rest = 6;

    async Task<SourceCounts> SourcesAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var sources = new SourceCounts(days.Count);
        while (await reader.ReadAsync(cancel))
            sources.Add(KeyOf(reader), reader.GetInt32(From), reader.GetInt32(Until), reader.GetFieldValue<long[]>(Rest),
                reader.GetFieldValue<string[]>(Rest + 1));
        return sources;
    }

    // Only what the query asks for is in the statement, so that the database can plan it by the indexes.
    IEnumerable<(string Condition, string Name, string[]? Values)> Filters() =>
        new (string, string, string[]?)[]
        {
            ("donors && @donors", "donors", filter.Names.Donors), ("recipient = any (@recipients)", "recipients", filter.Names.Recipients),
            ("items && @items", "items", filter.Names.Items), ("unit = any (@units)", "units", filter.Names.Units),
            ("partition <> all (@uncovered)", "uncovered", uncovered.Length == 0 ? null : uncovered),
        }.Where(f => f.Item3 is not null);

    IEnumerable<NpgsqlParameter> Parameters() =>
    [
        new("first", NpgsqlDbType.Date) { Value = days[0] }, new("last", NpgsqlDbType.Date) { Value = days[^1] },
        new("days", NpgsqlDbType.Date | NpgsqlDbType.Array) { Value = days.ToArray() }, .. Filters().Select(f => Sql.ArrayParameter(f.Name, f.Values)),
    ];

    BalanceKey KeyOf(NpgsqlDataReader reader) => Balance.KeyOf(
        reader.IsDBNull(0) ? null : reader.GetString(0),
        reader.IsDBNull(1) ? CodeSet.Empty : CodeSet.From(reader.GetFieldValue<string[]>(1)),
        reader.IsDBNull(2) ? "" : reader.GetString(2),
        reader.IsDBNull(3) ? CodeSet.Empty : CodeSet.From(reader.GetFieldValue<string[]>(3)), filter.GroupBy, items);

    static Interval? IntervalAt(NpgsqlDataReader reader, int low) =>
        reader.IsDBNull(low) ? null : new Interval(reader.GetDecimal(low), reader.IsDBNull(low + 1) ? null : reader.GetDecimal(low + 1));

    void AddSums(NpgsqlDataReader reader, Dictionary<DateOnly, BalanceSummer> sums)
    {
        var column = Rest;
        var measures = new Measures
        {
            Requested = Next(), Intended = Next(), Original = Next(), Committed = Next(), Cancelled = Next(), Delivered = Next(), Credited = Next(),
            Surplus = Next(), Unpledged = Next(), Outstanding = Next(), Overdue = Next(), OverdueOriginal = Next(), UnmetNeed = Next(),
            Commitments = NextCount(), Deliveries = NextCount(), Requests = NextCount(), Unquantified = NextCount(), Conditional = NextCount(),
            OnHold = NextCount(), Disputed = NextCount(), Conflicts = NextCount(), PossibleOverlap = NextCount(),
        };
        var (key, claims, committedOverlap, deliveredOverlap) = (KeyOf(reader), NextCount(), reader.GetDecimal(column++), reader.GetDecimal(column++));
        DateOnly? lastStatedOn = reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);
        for (var day = reader.GetInt32(From); day < reader.GetInt32(Until); day++)
            sums[days[day]].Add(key, measures, claims, committedOverlap, deliveredOverlap, lastStatedOn);

        Interval? Next()
        {
            column += 2;
            return IntervalAt(reader, column - 2);
        }

        int NextCount() => (int)reader.GetInt64(column++);
    }
}
