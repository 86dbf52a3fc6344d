namespace Facts.Api.Pages;

/// <summary>The days of a chart over time.</summary>
internal static class Timepoints
{
    const int Most = 14;

    /// <summary>Months between two points.</summary>
    static readonly int[] Steps = [1, 3, 6, 12, 24, 60, 120];

    /// <summary>
    /// Ends of months, quarters, half years or years from the first statement on, and the last day. Long after the last statement nothing changes, so
    /// the days end a quarter after it, or with the day asked for. Empty where nothing was stated before that day.
    /// </summary>
    public static IReadOnlyList<DateOnly> Of(StoreSummary store, DateOnly asOf)
    {
        if (store.First is not { } first || store.Last is not { } stated) return [];
        var last = asOf < stated.AddMonths(3) ? asOf : stated.AddMonths(3);
        if (last <= first) return [];
        var months = (last.Year - first.Year) * 12 + last.Month - first.Month + 1;
        var step = Steps.First(s => months / s < Most || s == Steps[^1]);
        var within = Math.Min(step, 12);
        var days = new List<DateOnly>();
        for (var start = new DateOnly(first.Year, (first.Month - 1) / within * within + 1, 1); start <= last; start = start.AddMonths(step))
            days.Add(start.AddMonths(step).AddDays(-1) is var end && end < last ? end : last);
        return [.. days.Distinct()];
    }
}
