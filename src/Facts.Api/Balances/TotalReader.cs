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
/// <param name="withSources">True to count articles and publishers. They are sent from the database for every total, which takes longer than all sums.</param>
/// <param name="only">
/// Only these measures, without counts, overlaps and sources, for a chart over many days: a quarter of the time; null for everything. The others are 0.
/// </param>
internal sealed class TotalReader(BalanceFilter filter, ItemTree items, string[] uncovered, IReadOnlyList<DateOnly> days, bool withSources = true,
    IReadOnlyCollection<string>? only = null)
{
    // Positions in the list of days: the first one on which a total holds, and the first one after it on which it does not. Of one day they are known, and the
    // database does not group by them: it expects a group for each of their values, and would sort the totals on disk.
    (string From, string Until) Holds => days.Count == 1 ? ("0::integer", "1::integer")
        : ("width_bucket(valid_from - 1, @days)", "coalesce(width_bucket(valid_to - 1, @days), cardinality(@days))");

    const string HoldsBetween = "valid_from <= @last and (valid_to is null or valid_to > @first)";

    readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    readonly Dictionary<string, CodeSet> _sets = new(StringComparer.Ordinal);

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
        var holds = Holds;
        string[] onDays = days.Count == 1 ? [HoldsBetween] : [HoldsBetween, $"{holds.From} < {holds.Until}"];
        var matching = string.Join(" and ", onDays.Concat(Filters().Select(f => f.Condition)));
        string[] groups =
        [
            "unit", filter.GroupBy.HasFlag(Grouping.Donor) ? "donors" : "null::text[]", filter.GroupBy.HasFlag(Grouping.Recipient) ? "recipient" : "null::text",
            (filter.GroupBy & (Grouping.Item | Grouping.Category)) != 0 ? "items" : "null::text[]", holds.From, holds.Until,
        ];
        var key = string.Join(", ", groups);
        var columns = string.Join(", ", groups.Where(IsColumn));
        if (only is not null)
        {
            batch.Add($"select {key}, {SumsOfOnly} from totals where {matching} group by {columns}", Parameters());
            return;
        }
        var sums = Sums(days.Count == 1 ? NeedOn("@first") : ("null::numeric", "null::numeric"));
        if (withSources) sums += $", {SentArrays.Column("article_ids")}, {SentArrays.Column("publishers")}";
        batch.Add($"select {key}, {sums} from totals where {matching} group by {columns}", Parameters());
        if (days.Count > 1) AddNeeds(batch, groups[..^2], matching);
        AddUnquantified(batch, groups[..^2]);
        foreach (var day in days) SpanningOverlaps.AddTo(batch, filter, day, uncovered);
    }

    // A constant is no column to group by.
    static bool IsColumn(string group) => !group.Contains(':');

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
            group by {string.Join(", ", groups.Where(IsColumn).Append("position"))}
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
        group by {string.Join(", ", groups.Where(IsColumn).Append("position"))}
        """, Parameters());

    /// <summary>Reads the results of the queries, adds them to sums, and gives the rows of each day in order.</summary>
    /// <param name="reader">Stands at the first of the results.</param>
    /// <param name="sums">The sums of each day so far. Those of a day are given up when its rows are made, since they may be large.</param>
    /// <param name="cancel">Ends the query in the database too.</param>
    public async IAsyncEnumerable<(DateOnly Day, IReadOnlyList<BalanceSums> Rows)> ReadAsync(
        NpgsqlDataReader reader, Dictionary<DateOnly, BalanceSummer> sums, [EnumeratorCancellation] CancellationToken cancel)
    {
        var sources = withSources && only is null ? new SourceCounts(days.Count) : null;
        while (await reader.ReadAsync(cancel)) AddSums(reader, sums, sources);
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
        for (var day = 0; day < days.Count; day++)
        {
            await reader.NextResultAsync(cancel);
            sums.Remove(days[day], out var ofDay);
            await SpanningOverlaps.ReadAsync(reader, filter, items, ofDay!, cancel);
            yield return (days[day], ofDay!.Rows(sources, day));
        }
    }

    // Columns of the results.
    const int From = 4, Until = 5, Rest = 6;

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
        reader.IsDBNull(0) ? null : Once(reader.GetString(0)),
        reader.IsDBNull(1) ? CodeSet.Empty : SetOf(reader.GetFieldValue<string[]>(1)),
        reader.IsDBNull(2) ? "" : Once(reader.GetString(2)),
        reader.IsDBNull(3) ? CodeSet.Empty : SetOf(reader.GetFieldValue<string[]>(3)), filter.GroupBy, items);

    // Few names stand in very many rows. Each is in memory once.
    string Once(string text) => _texts.TryGetValue(text, out var known) ? known : _texts[text] = text;

    CodeSet SetOf(string[] codes) =>
        codes is not [var code] ? CodeSet.From(codes) : _sets.TryGetValue(code, out var known) ? known : _sets[code] = CodeSet.From(code);

    static Interval? IntervalAt(NpgsqlDataReader reader, int low) =>
        reader.IsDBNull(low) ? null : new Interval(reader.GetDecimal(low), reader.IsDBNull(low + 1) ? null : reader.GetDecimal(low + 1));

    void AddSums(NpgsqlDataReader reader, Dictionary<DateOnly, BalanceSummer> sums, SourceCounts? sources)
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
        var (from, until) = (reader.GetInt32(From), reader.GetInt32(Until));
        sources?.Add(key, from, until, reader.GetFieldValue<byte[]>(column + 1), reader.GetFieldValue<byte[]>(column + 2));
        for (var day = from; day < until; day++)
            sums[days[day]].Add(key, measures, claims, committedOverlap, deliveredOverlap, lastStatedOn);

        Interval? Next()
        {
            column += 2;
            return IntervalAt(reader, column - 2);
        }

        int NextCount() => (int)reader.GetInt64(column++);
    }
}
