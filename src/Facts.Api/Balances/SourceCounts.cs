using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Facts.Api.Database;

namespace Facts.Api.Balances;

/// <summary>
/// The articles and publishers of stored balance totals, row by row and day by day. From one day to the next only the totals that begin or end are counted, so
/// many days cost little more than one. After the last day nothing is kept of a row, since there may be very many rows.
/// </summary>
/// <param name="days">Number of days.</param>
internal sealed class SourceCounts(int days)
{
    readonly Dictionary<BalanceKey, Row> _rows = [];

    /// <summary>Without any totals.</summary>
    public static SourceCounts None { get; } = new(0);

    /// <summary>Adds totals that hold on the same days to a row.</summary>
    /// <param name="key">The row.</param>
    /// <param name="from">Position of the first day on which they hold.</param>
    /// <param name="until">Position of the first day after it on which they do not hold.</param>
    /// <param name="articles">Numbers of the articles of each total, as <see cref="SentArrays"/> reads them.</param>
    /// <param name="publishers">The publishers of each total, likewise.</param>
    public void Add(BalanceKey key, int from, int until, byte[] articles, byte[] publishers)
    {
        if (!_rows.TryGetValue(key, out var row)) _rows[key] = row = new();
        row.ToCome.Add(new(from, until, articles, publishers));
    }

    /// <summary>The number of different articles and publishers of a row on a day, with others that are counted too.</summary>
    /// <param name="key">The row.</param>
    /// <param name="day">Position of the day. A row is asked for on ascending days; on some of them, it may not exist.</param>
    /// <param name="otherArticles">Articles that the row has beside those of totals; null for none.</param>
    /// <param name="otherPublishers">Publishers likewise.</param>
    public (int Articles, int Publishers) Count(BalanceKey key, int day, HashSet<long>? otherArticles, HashSet<string>? otherPublishers)
    {
        if (!_rows.TryGetValue(key, out var row)) return (otherArticles?.Count ?? 0, otherPublishers?.Count ?? 0);
        if (day == days - 1) _rows.Remove(key);
        foreach (var ended in row.Counted.Where(t => t.Until <= day)) Count(row, ended, -1);
        row.Counted.RemoveAll(t => t.Until <= day);
        foreach (var begun in row.ToCome.Where(t => t.From <= day && t.Until > day))
        {
            Count(row, begun, 1);
            row.Counted.Add(begun);
        }
        row.ToCome.RemoveAll(t => t.From <= day);
        return (Together(row.Articles, otherArticles), Together(row.Publishers, otherPublishers));
    }

    static void Count(Row row, Totals totals, int difference)
    {
        for (var sent = new SentArrays(totals.Articles); sent.MoveNext();) Count(row.Articles, BinaryPrimitives.ReadInt64BigEndian(sent.Current), difference);
        for (var sent = new SentArrays(totals.Publishers); sent.MoveNext();) Count(row.Publishers, Encoding.UTF8.GetString(sent.Current), difference);
    }

    static void Count<T>(Dictionary<T, int> counts, T value, int difference) where T : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, value, out _);
        count += difference;
        if (count == 0) counts.Remove(value);
    }

    static int Together<T>(Dictionary<T, int> stored, HashSet<T>? others) where T : notnull =>
        stored.Count + (others?.Count(value => !stored.ContainsKey(value)) ?? 0);

    // The sources of a row on the day that was asked for last, each with the number of totals that have it.
    sealed class Row
    {
        public List<Totals> ToCome { get; } = [];
        public List<Totals> Counted { get; } = [];
        public Dictionary<long, int> Articles => field ??= [];
        public Dictionary<string, int> Publishers => field ??= new(StringComparer.Ordinal);
    }

    sealed record Totals(int From, int Until, byte[] Articles, byte[] Publishers);
}
