using System.Globalization;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Deadlines on a strip of time, ahead of a day and behind it. Each state has a shape of its own, so that no colour is needed.</summary>
internal static class DeadlineChart
{
    const double Left = 14, Right = 14, Top = 20, Size = 6, Gap = 10;

    /// <summary>Width and height of a mark with the room around it: a finger needs that much (WCAG 2.5.8).</summary>
    const double Target = 24;

    public static readonly string[] States = ["overdue", "fulfilled", "open", "cancelled"];

    /// <summary>True for a commitment that the strip can show: its deadline has a day.</summary>
    public static bool HasDay(CommitmentRow commitment) => (commitment.DueTo ?? commitment.DueFrom) is not null;

    /// <param name="commitments">Commitments with a deadline that has a day, the earliest first.</param>
    /// <param name="asOf">The day of the question.</param>
    /// <param name="names">Names of parties and items.</param>
    /// <param name="origin">Address of the service, for a picture outside its pages; null on a page.</param>
    /// <param name="listed">Number of commitments that are named below the strip.</param>
    public static string Draw(
        IReadOnlyList<CommitmentRow> commitments, DateOnly asOf, IReadOnlyDictionary<string, string> names, string? origin = null, int listed = 0)
    {
        var width = origin is null ? 1100 : 560;
        var days = commitments.Select(c => (c.DueTo ?? c.DueFrom)!.Value).Append(asOf).ToList();
        var (first, end) = (days.Min().AddDays(-20), days.Max().AddDays(20));
        var lanes = new List<double>();
        var placed = new List<(CommitmentRow Commitment, double X, int Lane)>();
        foreach (var commitment in commitments)
        {
            var x = X((commitment.DueTo ?? commitment.DueFrom)!.Value);
            var lane = lanes.FindIndex(l => l <= x - Target);
            if (lane < 0)
            {
                lanes.Add(0);
                lane = lanes.Count - 1;
            }
            lanes[lane] = x;
            placed.Add((commitment, x, lane));
        }
        var height = Top + Math.Max(1, lanes.Count) * Target + 28;
        var svg = new Svg(width, height + (listed > 0 ? Gap + listed * Target : 0), "d",
            "Deadlines over time, ahead of the day and behind it.", hasLinks: true);
        var axis = height - 22;
        svg.Line(Left, axis, width - Right, axis, "axis");
        var step = ((end.DayNumber - first.DayNumber) * 1100 / width) switch { > 1_500 => 12, > 700 => 6, _ => 3 };
        for (var year = first.Year; year <= end.Year; year++)
            for (var month = 1; month <= 12; month += step)
                if (new DateOnly(year, month, 1) is var day && day >= first && day <= end)
                    svg.Line(X(day), axis, X(day), axis + 4, "axis")
                        .Text(X(day), axis + 16, day.ToString("MMM yyyy", CultureInfo.InvariantCulture), "tick", "middle");
        svg.Line(X(asOf), Top - 6, X(asOf), axis, "edge")
            .Text(X(asOf) + (X(asOf) > width - 140 ? -5 : 5), Top, Show.Short(asOf), "tick", X(asOf) > width - 140 ? "end" : "start");
        foreach (var (commitment, x, lane) in placed)
        {
            var y = axis - Target / 2 - lane * Target;
            Mark(commitment, x, y);
        }
        foreach (var (commitment, at) in commitments.Take(listed).Select((c, i) => (c, i)))
        {
            var y = height + Gap + at * Target + 6;
            Mark(commitment, Left + 2, y);
            svg.Text(Left + 14, y + 4, Svg.Cut(FactText.WithDeadline(commitment, names), 84), "label");
        }
        return svg.ToString();

        void Mark(CommitmentRow commitment, double x, double y)
        {
            var name = FactText.WithDeadline(commitment, names);
            svg.Open($"{origin}/commitments/{commitment.Id}", name, isElsewhere: origin is not null).Target(x - Target / 2, y - Target / 2, Target)
                .Shape(Shape(State(commitment), x, y), "mark " + State(commitment), name).CloseLink();
        }

        double X(DateOnly day) => Left + (double)(day.DayNumber - first.DayNumber) / (end.DayNumber - first.DayNumber) * (width - Left - Right);
    }

    /// <summary>The state of a commitment in a word: overdue, fulfilled, cancelled or open.</summary>
    public static string State(CommitmentRow commitment) => commitment.Overdue ? "overdue" : commitment.Status switch
    {
        "fulfilled" => "fulfilled",
        "cancelled" => "cancelled",
        _ => "open",
    };

    /// <summary>The mark of a state for a legend.</summary>
    public static string Key(string state) =>
        $"<svg viewBox=\"0 0 14 14\" class=\"mark-key\"><path class=\"mark {state}\" d=\"{Shape(state, 7, 7)}\"/></svg>";

    /// <summary>The mark of a state: a path around a point.</summary>
    public static string Shape(string state, double x, double y) => state switch
    {
        "overdue" => FormattableString.Invariant($"M{Svg.N(x)} {Svg.N(y - Size)}l{Size} {Size}l-{Size} {Size}l-{Size} -{Size}Z"),
        "cancelled" => $"M{Svg.N(x - 4)} {Svg.N(y - 4)}l8 8m0 -8l-8 8",
        _ => Circle(x, y),
    };

    static string Circle(double x, double y) => $"M{Svg.N(x - 5)} {Svg.N(y)}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z";
}
