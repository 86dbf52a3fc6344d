namespace Facts.Api.Balances;

/// <summary>
/// The articles and publishers of stored balance totals, row by row and day by day. From one day to the next only the totals that begin or end are counted, so
/// many days cost little more than one.
/// </summary>
/// <param name="days">Number of days.</param>
internal sealed class SourceCounts(int days)
{
    readonly Dictionary<BalanceKey, OfRow> _rows = [];
    readonly List<Total>?[] _begin = new List<Total>?[days], _end = new List<Total>?[days];

    // Publishers are few and stand in very many totals. Each text is kept once.
    readonly Dictionary<string, string> _publishers = new(StringComparer.Ordinal);

    /// <summary>Adds a total to a row.</summary>
    /// <param name="key">The row.</param>
    /// <param name="from">Position of the first day on which it holds.</param>
    /// <param name="until">Position of the first day after it on which it does not hold.</param>
    /// <param name="articles">Numbers of its articles.</param>
    /// <param name="publishers">Its publishers.</param>
    public void Add(BalanceKey key, int from, int until, long[] articles, string[] publishers)
    {
        if (from >= until) return;
        if (!_rows.TryGetValue(key, out var row)) _rows[key] = row = new();
        var total = new Total(row, articles, Array.ConvertAll(publishers, Shared));
        (_begin[from] ??= []).Add(total);
        if (until < _end.Length) (_end[until] ??= []).Add(total);
    }

    /// <summary>The sources of each row on a day. The days are asked for one after the other, from the first one on.</summary>
    public IReadOnlyDictionary<BalanceKey, OfRow> On(int day)
    {
        foreach (var total in _begin[day] ?? []) total.Count(1);
        foreach (var total in _end[day] ?? []) total.Count(-1);
        (_begin[day], _end[day]) = (null, null);
        return _rows;
    }

    string Shared(string publisher)
    {
        if (_publishers.TryGetValue(publisher, out var known)) return known;
        return _publishers[publisher] = publisher;
    }

    /// <summary>The sources of a row, each with the number of totals that have it.</summary>
    public sealed class OfRow
    {
        public Dictionary<long, int> Articles { get; } = [];
        public Dictionary<string, int> Publishers { get; } = new(StringComparer.Ordinal);
    }

    sealed record Total(OfRow Row, long[] Articles, string[] Publishers)
    {
        public void Count(int difference)
        {
            foreach (var article in Articles) Count(Row.Articles, article, difference);
            foreach (var publisher in Publishers) Count(Row.Publishers, publisher, difference);
        }

        static void Count<T>(Dictionary<T, int> counts, T value, int difference) where T : notnull
        {
            var count = counts.GetValueOrDefault(value) + difference;
            if (count == 0) counts.Remove(value);
            else counts[value] = count;
        }
    }
}
