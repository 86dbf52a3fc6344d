namespace Facts;

/// <summary>What is promised or given after a request, whoever gives (DESIGN.md §8, unmet need).</summary>
internal sealed class UnmetNeed(IEnumerable<Supply> given, ItemTree items)
{
    readonly ILookup<(string, string?), Supply> _given = given.Where(g => g.Number != Interval.Zero).ToLookup(g => (g.Recipient, g.Unit));
    readonly Dictionary<(string, string?, CodeSet), Sums> _sums = [];

    /// <summary>What takes away from it. What may have come before the request takes away only from what is certainly unmet.</summary>
    public Interval Met(RequestWork request)
    {
        var key = (request.Request.Recipient, request.Request.Unit, request.Request.Items);
        if (!_sums.TryGetValue(key, out var sums))
            _sums[key] = sums = new([.. _given[(key.Recipient, key.Unit)].Where(g => items.AllUnder(g.Items, key.Items))]);
        return sums.Since(request.Stated).InOrder();
    }

    /// <summary>Sums from a day on, so that many requests of the same items cost one pass.</summary>
    sealed class Sums
    {
        readonly DateOnly[] _begins, _ends;

        // At i: the sum from the i-th to the last.
        readonly decimal[] _lows;
        readonly decimal?[] _highs;

        public Sums(List<Supply> given)
        {
            var (byBegin, byEnd) = (given.OrderBy(g => g.Begins).ToList(), given.OrderBy(g => g.Ends).ToList());
            (_begins, _ends) = ([.. byBegin.Select(g => g.Begins)], [.. byEnd.Select(g => g.Ends)]);
            (_lows, _highs) = (new decimal[given.Count + 1], new decimal?[given.Count + 1]);
            _highs[given.Count] = 0;
            for (var i = given.Count - 1; i >= 0; i--)
                (_lows[i], _highs[i]) = (_lows[i + 1] + byBegin[i].Number.Low, _highs[i + 1] + byEnd[i].Number.High);
        }

        /// <summary>Certainly after it: what begins when it is over. Possibly after it: what ends when it has begun.</summary>
        public Interval Since(DateWindow stated) => new(_lows[First(_begins, stated.End)], _highs[First(_ends, stated.Begin)]);

        static int First(DateOnly[] days, DateOnly from)
        {
            var (low, high) = (0, days.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (days[middle] < from) low = middle + 1;
                else high = middle;
            }
            return low;
        }
    }
}
