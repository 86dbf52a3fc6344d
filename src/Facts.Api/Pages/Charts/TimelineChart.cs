using System.Globalization;

namespace Facts.Api.Pages;

/// <summary>Lines of measures over time. The line is what is certain; the hatched band reaches up to what is possible.</summary>
internal static class TimelineChart
{
    public static readonly string[] Measures = ["committed", "delivered", "outstanding", "overdue"];

    const double Width = 560, Height = 280, Right = 112, Top = 22, Bottom = 26, NameHeight = 14, TickWidth = 80, LaneHeight = 18;

    /// <summary>Most marks of a lane. More cannot be told apart.</summary>
    public const int MaxMarks = 12;

    /// <param name="days">The days in order, each with one interval for each of <see cref="Measures"/>; null where the day has none.</param>
    /// <param name="unit">The unit of all numbers.</param>
    /// <param name="last">Last day of which a statement is known; the line after it is dashed. Null where unknown.</param>
    /// <param name="id">Prefix of the ids of the picture.</param>
    /// <param name="events">
    /// Events that are marked below the lines, in a lane of each kind: the first ones of each. Those outside of the days are left out.
    /// </param>
    public static string Draw(IReadOnlyList<(DateOnly Day, IReadOnlyList<Interval?> Values)> days, string? unit, DateOnly? last, string id,
        params IEnumerable<TimelineEvent> events)
    {
        var max = days.SelectMany(d => d.Values).Select(v => v is { } i ? Math.Max(i.Low, i.High ?? i.Low * 1.2m) : 0).DefaultIfEmpty(1).Max();
        var ticks = Svg.Ticks(max);
        var top = ticks[^1];
        var left = Math.Max(46, 14 + Svg.WidthOf(ticks));
        var (first, end) = (days[0].Day.DayNumber, Math.Max(days[^1].Day.DayNumber, days[0].Day.DayNumber + 1));
        var drawn = string.Join(", ", Measures.Where((_, at) => days.Any(d => d.Values[at] is not null)));
        var within = events.Where(e => e.Day >= days[0].Day && e.Day <= days[^1].Day).ToLookup(e => e.Lane);
        var lanes = TimelineEvent.Lanes.Where(within.Contains).ToList();
        var height = Height + lanes.Count * LaneHeight;
        var svg = new Svg(Width, height, id, $"Lines over time: {drawn}, in {Show.Units(unit, 2)}."
            + (lanes.Count == 0 ? "" : $" Marked below: {string.Join(", ", lanes)}."));
        foreach (var tick in ticks)
            svg.Line(left, Y(tick), Width - Right, Y(tick), "grid").Text(left - 8, Y(tick) + 4, Show.Number(tick), "tick", "end");
        var free = double.NegativeInfinity;
        foreach (var (day, at) in days.Select((d, i) => (d.Day, i)).Where(d => X(d.Day) >= free))
        {
            svg.Text(X(day), height - 8, day.ToString("MMM yyyy", CultureInfo.InvariantCulture), "tick", at == 0 ? "start" : "middle");
            free = X(day) + (at == 0 ? 1.4 : 1) * TickWidth;
        }
        if (last is { } lastDay && lastDay < days[^1].Day && lastDay > days[0].Day)
            svg.Line(X(lastDay), Top, X(lastDay), Height - Bottom, "edge").Text(X(lastDay), Top - 7, "last report", "tick", "middle");
        foreach (var (measure, at) in Measures.Select((m, i) => (m, i)))
        {
            var known = days.Where(d => d.Values[at] is not null).Select(d => (d.Day, Value: d.Values[at]!.Value)).ToList();
            if (known.Count == 0 || known.TrueForAll(k => k.Value.High == 0)) continue;
            var lows = known.Select(k => (X(k.Day), Y(k.Value.Low))).ToList();
            var highs = known.Select(k => (X(k.Day), Y(k.Value.High ?? top))).ToList();
            svg.Band(Through(lows) + " " + Through(highs, isBack: true) + "Z", measure);
            svg.Path(Through(lows), $"line s-{measure}");
        }
        foreach (var (lane, at) in lanes.Select((l, i) => (l, i)))
        {
            var middle = Y(0) + LaneHeight * (at + 0.8);
            svg.Text(Width - Right + 6, middle + 4, lane, "tick");
            foreach (var texts in within[lane].Take(MaxMarks).GroupBy(e => e.Day, e => e.Text))
                svg.Shape(TimelineEvent.Shape(lane, X(texts.Key), middle), "event",
                    string.Join("\n", lane == TimelineEvent.Due ? texts : texts.Prepend(Show.Day(texts.Key))));
        }
        // Names stand at the ends of the lines, apart from each other and above the days.
        var ends = Measures.Select((m, i) => (Name: m, Value: days[^1].Values[i])).Where(e => e.Value is { High: not 0 })
            .OrderByDescending(e => e.Value!.Value.Low).ToList();
        var y = double.NegativeInfinity;
        foreach (var ((name, value), at) in ends.Select((e, i) => (e, i)))
        {
            var lowest = Height - Bottom + 4 - NameHeight * (ends.Count - 1 - at);
            y = Math.Min(lowest, Math.Max(Y(value!.Value.Low) + 4, y + NameHeight));
            svg.Text(Width - Right + 6, y, name, "name t-" + name);
        }
        return svg.ToString();

        double X(DateOnly day) => left + (double)(day.DayNumber - first) / (end - first) * (Width - left - Right);
        double Y(decimal value) => Top + (1 - (double)(value / top)) * (Height - Top - Bottom);
    }

    /// <summary>The line through the points, or its way back.</summary>
    static string Through(List<(double X, double Y)> points, bool isBack = false) => isBack
        ? string.Concat(Enumerable.Reverse(points).Select(p => $"L{Svg.N(p.X)} {Svg.N(p.Y)}"))
        : "M" + string.Join('L', points.Select(p => $"{Svg.N(p.X)} {Svg.N(p.Y)}"));
}
