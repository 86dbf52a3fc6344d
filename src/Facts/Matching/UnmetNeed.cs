namespace Facts;

/// <summary>Computes the supply after a request, from any donor (docs/semantics.md#measures, <c>unmet_need</c>).</summary>
internal sealed class UnmetNeed(IEnumerable<Supply> supplies, ItemTree items)
{
    readonly ILookup<(string, string?), Supply> _supplies = supplies.Where(g => g.Number != Interval.Zero).ToLookup(g => (g.Recipient, g.Unit));
    readonly Dictionary<(string, string?, CodeSet), Sums> _sums = [];

    /// <summary>The supply that reduces the need of a request. Supply that may be from before the request lowers only the low of the unmet need.</summary>
    public Interval Met(RequestWork request)
    {
        var key = (request.Request.Recipient, request.Request.Unit, request.Request.Items);
        if (!_sums.TryGetValue(key, out var sums))
            _sums[key] = sums = new([.. _supplies[(key.Recipient, key.Unit)].Where(g => items.AllUnder(g.Items, key.Items))]);
        return sums.Since(request.Stated);
    }

    /// <summary>Sums of the supply from each day on. Many requests for equal items share them, so they cost one pass.</summary>
    sealed class Sums
    {
        readonly DateOnly[] _begins, _ends;

        // At i: the sum of the supplies from i to the end.
        readonly decimal[] _lows;
        readonly decimal?[] _highs;

        public Sums(List<Supply> supplies)
        {
            var (byBegin, byEnd) = (supplies.OrderBy(s => s.Begins).ToList(), supplies.OrderBy(s => s.Ends).ToList());
            (_begins, _ends) = ([.. byBegin.Select(g => g.Begins)], [.. byEnd.Select(g => g.Ends)]);
            (_lows, _highs) = (new decimal[supplies.Count + 1], new decimal?[supplies.Count + 1]);
            _highs[supplies.Count] = 0;
            for (var i = supplies.Count - 1; i >= 0; i--)
                (_lows[i], _highs[i]) = (_lows[i + 1] + byBegin[i].Number.Low, _highs[i + 1] + byEnd[i].Number.High);
        }

        /// <summary>
        /// Supply after a request. Low: supply that begins on or after the last day on which the request may have been stated. High: supply that ends on
        /// or after the first such day.
        /// </summary>
        public Interval Since(DateWindow stated) => new(_lows[First(_begins, stated.End)], _highs[First(_ends, stated.Begin)]);

        static int First(DateOnly[] days, DateOnly from) => SortedSearch.First(days, from, static (day, from) => day >= from);
    }
}
