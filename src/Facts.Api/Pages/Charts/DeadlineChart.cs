using System.Globalization;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Deadlines on a strip of time, ahead of a day and behind it. Each state has a shape of its own, so that no colour is needed.</summary>
internal static class DeadlineChart
{
    const double Width = 1100, Left = 14, Right = 14, Top = 20, Lane = 17, Size = 6;

    /// <param name="commitments">Commitments with a deadline that has a day, the earliest first.</param>
    /// <param name="asOf">The day of the question.</param>
    /// <param name="name">The commitment in a line.</param>
    /// <param name="id">Prefix of the ids of the picture.</param>
    public static string Draw(IReadOnlyList<CommitmentRow> commitments, DateOnly asOf, Func<CommitmentRow, string> name, string id)
    {
        var days = commitments.Select(c => (c.DueTo ?? c.DueFrom)!.Value).Append(asOf).ToList();
        var (first, end) = (days.Min().AddDays(-20), days.Max().AddDays(20));
        var lanes = new List<double>();
        var placed = new List<(CommitmentRow Commitment, double X, int Lane)>();
        foreach (var commitment in commitments)
        {
            var x = X((commitment.DueTo ?? commitment.DueFrom)!.Value);
            var lane = lanes.FindIndex(l => l < x - Size * 2.4);
            if (lane < 0)
            {
                lanes.Add(0);
                lane = lanes.Count - 1;
            }
            lanes[lane] = x;
            placed.Add((commitment, x, lane));
        }
        var height = Top + Math.Max(1, lanes.Count) * Lane + 28;
        var svg = new Svg(Width, height, id, "Deadlines over time, ahead of the day and behind it. The list has the same deadlines.", hasLinks: true);
        var axis = height - 22;
        svg.Line(Left, axis, Width - Right, axis, "axis");
        for (var year = first.Year; year <= end.Year; year++)
            for (var month = 1; month <= 12; month += (end.DayNumber - first.DayNumber) switch { > 1_500 => 12, > 700 => 6, _ => 3 })
                if (new DateOnly(year, month, 1) is var day && day >= first && day <= end)
                    svg.Line(X(day), axis, X(day), axis + 4, "axis")
                        .Text(X(day), axis + 16, day.ToString("MMM yyyy", CultureInfo.InvariantCulture), "tick", "middle");
        svg.Line(X(asOf), Top - 6, X(asOf), axis, "edge")
            .Text(X(asOf) + (X(asOf) > Width - 140 ? -5 : 5), Top, Show.Short(asOf), "tick", X(asOf) > Width - 140 ? "end" : "start");
        foreach (var (commitment, x, lane) in placed)
        {
            var y = axis - 10 - lane * Lane;
            svg.Open($"/commitments/{commitment.Id}", name(commitment))
                .Shape(Mark(commitment, x, y), "mark " + State(commitment), name(commitment)).CloseLink();
        }
        return svg.ToString();

        double X(DateOnly day) => Left + (double)(day.DayNumber - first.DayNumber) / (end.DayNumber - first.DayNumber) * (Width - Left - Right);
    }

    /// <summary>The state of a commitment in a word: overdue, fulfilled, cancelled or open.</summary>
    public static string State(CommitmentRow commitment) => commitment.Overdue ? "overdue" : commitment.Status switch
    {
        "fulfilled" => "fulfilled",
        "cancelled" => "cancelled",
        _ => "open",
    };

    static string Mark(CommitmentRow commitment, double x, double y) => State(commitment) switch
    {
        "overdue" => FormattableString.Invariant($"M{Svg.N(x)} {Svg.N(y - Size)}l{Size} {Size}l-{Size} {Size}l-{Size} -{Size}Z"),
        "fulfilled" => Circle(x, y),
        "cancelled" => FormattableString.Invariant($"M{Svg.N(x - 4)} {Svg.N(y - 4)}l8 8m0 -8l-8 8"),
        _ => Circle(x, y),
    };

    static string Circle(double x, double y) => $"M{Svg.N(x - 5)} {Svg.N(y)}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z";
}
