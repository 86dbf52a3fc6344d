using Facts.Api.FactLists;

namespace Facts.Api.Pages;

/// <summary>The promised and the delivered number of one commitment, over time.</summary>
internal static class CommitmentChart
{
    /// <summary>Months that the lines go on after the last change or deadline.</summary>
    const int Rest = 3;

    /// <summary>
    /// The days on which the numbers changed, each with the measures of <see cref="TimelineChart"/>: committed, delivered, and none of the others. Empty
    /// where a number is missing, or where nothing changed after the promise.
    /// </summary>
    public static IReadOnlyList<(DateOnly Day, IReadOnlyList<Interval?> Values)> Changes(CommitmentHistory history)
    {
        var changes = new List<(DateOnly Day, IReadOnlyList<Interval?> Values)>();
        foreach (var line in history.Items)
        {
            if (line is not { CommittedLow: { } committed, DeliveredLow: { } delivered } || (line.OccurredTo ?? line.OccurredFrom) is not { } day) return [];
            IReadOnlyList<Interval?> values = [new Interval(committed, line.CommittedHigh), new Interval(delivered, line.DeliveredHigh).InOrder(), null, null];
            if (day > history.AsOf) day = history.AsOf;
            if (changes.Count > 0 && changes[^1].Values.SequenceEqual(values)) continue;
            if (changes.Count > 0 && day <= changes[^1].Day) changes[^1] = (changes[^1].Day, values);
            else changes.Add((day, values));
        }
        return changes.Count > 1 ? changes : [];
    }

    /// <summary>The chart with its title; null where there is nothing to draw.</summary>
    public static ChartQuestion.Chart? Of(FactPlace place) => place.History is { } history && Changes(history) is { Count: > 0 } changes
        ? new(Draw(changes, place.Row.Unit, place.DueTo, place.AsOf), place.Title,
            $"{Show.Capital(Show.Units(place.Row.Unit, 2))}, as of {Show.Day(place.AsOf)}", TimelineChart.Measures[..2])
        : null;

    /// <param name="changes">The result of <see cref="Changes"/>, not empty.</param>
    /// <param name="unit">The unit of the commitment.</param>
    /// <param name="due">Its deadline, which is marked; null without one.</param>
    /// <param name="asOf">The last day that may be drawn.</param>
    public static string Draw(IReadOnlyList<(DateOnly Day, IReadOnlyList<Interval?> Values)> changes, string? unit, DateOnly? due, DateOnly asOf)
    {
        // A number holds until the day before the next one: so a change is a step.
        var days = changes.Zip(changes.Skip(1)).SelectMany(pair => pair.First.Day == pair.Second.Day.AddDays(-1)
            ? new[] { pair.First } : [pair.First, (pair.Second.Day.AddDays(-1), pair.First.Values)]).Append(changes[^1]).ToList();
        var end = (due > changes[^1].Day ? due.Value : changes[^1].Day).AddMonths(Rest);
        if (end > asOf) end = asOf;
        if (end > changes[^1].Day) days.Add((end, changes[^1].Values));
        return TimelineChart.Draw(days, unit, null, "t", due is { } day ? [new(TimelineEvent.Due, day, $"Due {Show.Day(day)}", "")] : []);
    }
}
