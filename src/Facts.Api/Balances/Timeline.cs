using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>The days of a timeline: the last day of each month, quarter or year, and the last day of the query.</summary>
internal static class Timeline
{
    /// <summary>Largest number of days of a timeline: a century by month.</summary>
    const int MaxPoints = 1_200;

    public static readonly ParameterSpec[] Parameters =
    [
        new("interval", WireType.Word<Step>(), "Length of a step.") { Default = "month", Example = "quarter" },
        new("from", WireType.Day, "First day of the timeline, inclusive. Default: a year before the last day.") { Example = "2024-01-01" },
        new("to", WireType.Day, "Last day of the timeline, inclusive. Default: today.") { Example = "2024-12-31" },
        new("as_of", WireType.Day, "The same as `to`, which it may not contradict.") { Example = "2024-12-31" },
    ];

    public static IReadOnlyList<DateOnly> Days(Parameters parameters, DateOnly today)
    {
        var to = parameters.Day("to") ?? parameters.Day("as_of") ?? today;
        if (parameters.Day("as_of") is { } asOf && asOf != to)
            parameters.Fail(Problems.OutOfRange, "as_of", "as_of and to are two different last days; give one of them", asOf.ToString("yyyy-MM-dd"));
        var from = parameters.Day("from") ?? (to.Year > 1 ? to.AddYears(-1) : DateOnly.MinValue);
        if (from > to) parameters.Fail(Problems.OutOfRange, "from", "from is after to", from.ToString("yyyy-MM-dd"));
        var months = (parameters.Word<Step>("interval") ?? Step.Month) switch
        {
            Step.Month => 1,
            Step.Quarter => 3,
            Step.Year => 12,
            var other => throw new InvalidOperationException($"No such interval: {other}"),
        };
        if (((to.Year - from.Year) * 12 + to.Month - from.Month) / months >= MaxPoints)
            parameters.Fail(Problems.OutOfRange, "from", $"the timeline has more than {MaxPoints} steps; ask for a longer interval or fewer years");
        if (parameters.Problem is not null) return [];

        var days = new List<DateOnly>();
        for (var month = from.Year * 12 + (from.Month - 1) / months * months; ; month += months)
        {
            var last = month + months - 1;
            var first = new DateOnly(last / 12, last % 12 + 1, 1);
            var end = first.AddDays(DaysIn(first) - 1);
            days.Add(end < to ? end : to);
            if (end >= to) return days;
        }
    }

    // Counts the days with the calendar, since adding a month to December 9999 would overflow.
    static int DaysIn(DateOnly first) => System.Globalization.CultureInfo.InvariantCulture.Calendar.GetDaysInMonth(first.Year, first.Month);
}
