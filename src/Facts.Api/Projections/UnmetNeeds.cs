namespace Facts.Api.Projections;

/// <summary>The unmet needs of stored requests and balance totals, for all days of a row.</summary>
internal static class UnmetNeeds
{
    /// <summary>The value of a column of an unmet need on a day, in SQL.</summary>
    /// <param name="end"><c>low</c> or <c>high</c>.</param>
    /// <param name="day">The day as an SQL expression.</param>
    public static string Column(string end, string day) =>
        $"case when unmet_need_days[1] <= {day} then unmet_need_{end}s[width_bucket({day}, unmet_need_days)] else unmet_need_{end} end";

    /// <summary>Fills in the needs.</summary>
    /// <param name="requests">Rows of all requests, as they are without any supply.</param>
    /// <param name="totals">Rows of their balance totals.</param>
    /// <param name="supplies">The supply to their recipients.</param>
    /// <param name="items">The item tree.</param>
    /// <param name="from">The first day that the rows cover.</param>
    public static void Fill(
        IReadOnlyList<RequestRow> requests, IReadOnlyList<TotalRow> totals, StoredSupplies supplies, ItemTree items, DateOnly from)
    {
        var bySubject = supplies.Rows.ToLookup(r => (r.Supply.Recipient, r.Supply.Unit));
        foreach (var request in requests)
        {
            if (request.RequestedLow is not { } low) continue;
            var requested = new Interval(low, request.RequestedHigh);
            var met = Supply.Met(request.Begins, request.Ends, CodeSet.From(request.Items), bySubject[(request.Recipient, request.Unit)], items);
            Set(request, met.Select(m => (m.From, requested - m.Met)), from);
        }
        var ofTotal = requests.Where(r => r.UnmetNeedLow is not null).ToLookup(KeyOf);
        foreach (var total in totals)
        {
            var sums = new IntervalSums();
            foreach (var request in ofTotal[KeyOf(total)])
                foreach (var (need, since, until) in Steps(request)) sums.Add(need, since, until);
            Set(total, sums.Steps(), from);
        }
    }

    /// <summary>Gives a row the need that it has on a day, and no other.</summary>
    public static void KeepOnly(IUnmetNeedRow row, DateOnly day)
    {
        if (row.UnmetNeedDays?.FindLastIndex(d => d <= day) is >= 0 and var at)
            (row.UnmetNeedLow, row.UnmetNeedHigh) = (row.UnmetNeedLows![at], row.UnmetNeedHighs![at]);
        (row.UnmetNeedDays, row.UnmetNeedLows, row.UnmetNeedHighs) = (null, null, null);
    }

    static void Set<TRow>(TRow row, IEnumerable<(DateOnly From, Interval Need)> steps, DateOnly from) where TRow : DatedRow, IUnmetNeedRow
    {
        var first = row.ValidFrom > from ? row.ValidFrom : from;
        var last = Interval.Zero;
        foreach (var (day, need) in steps)
        {
            if (day >= row.ValidTo) break;
            if (day <= first) (row.UnmetNeedLow, row.UnmetNeedHigh) = (need.Low, need.High);
            else if (need != last)
            {
                (row.UnmetNeedDays ??= []).Add(day);
                (row.UnmetNeedLows ??= []).Add(need.Low);
                (row.UnmetNeedHighs ??= []).Add(need.High);
            }
            last = need;
        }
    }

    static IEnumerable<(Interval Need, DateOnly From, DateOnly? Until)> Steps(RequestRow row)
    {
        var (need, from) = (new Interval(row.UnmetNeedLow!.Value, row.UnmetNeedHigh), row.ValidFrom);
        foreach (var (i, day) in (row.UnmetNeedDays ?? []).Index())
        {
            yield return (need, from, day);
            (need, from) = (new(row.UnmetNeedLows![i], row.UnmetNeedHighs![i]), day);
        }
        yield return (need, from, row.ValidTo);
    }

    static (string, string, string, string, string?) KeyOf(SubjectRow row) =>
        (row.Partition, string.Join('+', row.Donors), row.Recipient, string.Join('|', row.Items), row.Unit);
}
