namespace Facts.Api.Pages;

/// <summary>Bars of several rows in one unit, on one scale. Solid is certain, hatched is possible.</summary>
internal static class RowsChart
{
    public static readonly string[] Measures = ["committed", "delivered", "overdue"];

    const double Width = 560, Left = 160, Right = 24, Top = 26, RowHeight = 38, BarHeight = 9;

    /// <param name="rows">The rows: name, and one interval for each measure of <see cref="Measures"/>; null where unknown.</param>
    /// <param name="unit">The unit of all rows.</param>
    /// <param name="id">Prefix of the ids of the picture.</param>
    public static string Draw(IReadOnlyList<(string Name, IReadOnlyList<Interval?> Values)> rows, string? unit, string id)
    {
        var max = rows.SelectMany(r => r.Values).Select(v => v is { } i ? Math.Max(i.Low, i.High ?? i.Low * 1.4m) : 0).DefaultIfEmpty(1).Max();
        var ticks = Svg.Ticks(max);
        var end = ticks[^1];
        var height = Top + rows.Count * RowHeight + 8;
        var svg = new Svg(Width, height, id, $"Bars: committed, delivered and overdue by row, in {Show.Units(unit, 2)}.");
        // Long numbers stand at every second or third tick only, so that they do not touch.
        var widest = Svg.WidthOf(ticks);
        var every = (int)Math.Ceiling((widest + 8) / (X(ticks[1]) - X(0)));
        foreach (var (tick, at) in ticks.Select((t, i) => (t, i)))
        {
            svg.Line(X(tick), Top - 6, X(tick), height - 8, "grid");
            if (at % every == 0) svg.Text(X(tick), Top - 11, Show.Number(tick), "tick", X(tick) + widest / 2 > Width ? "end" : "middle");
        }
        foreach (var (name, values, at) in rows.Select((r, i) => (r.Name, r.Values, i)))
        {
            var y = Top + at * RowHeight;
            svg.Text(Left - 10, y + 20, Svg.Cut(name, 22), "label", "end");
            foreach (var (value, measure, bar) in values.Select((v, i) => (v, Measures[i], i)))
            {
                var top = y + 3 + bar * (BarHeight + 1.5);
                if (value is not { } interval) continue;
                var title = $"{name}: {Show.Interval(interval)} {Show.Units(unit, 2)} {measure}";
                svg.Rect(X(0), top, X(interval.Low) - X(0), BarHeight, measure, title: title);
                var high = interval.High ?? end;
                if (high > interval.Low) svg.Rect(X(interval.Low), top, X(high) - X(interval.Low), BarHeight, measure, isPossible: true, title);
            }
        }
        return svg.ToString();

        double X(decimal value) => Left + (double)(value / end) * (Width - Left - Right);
    }
}
