using CsCheck;

namespace Facts.Tests;

/// <summary>The arithmetic compared with all points of small intervals. A number far above the others stands for "no upper bound".</summary>
public sealed class IntervalTests
{
    const int Beyond = 1000;

    static readonly Gen<Interval> _interval =
        from low in Gen.Int[0, 6]
        from width in Gen.Int[0, 4].Nullable()
        select new Interval(low, low + width);

    [Fact]
    public void A_sum_holds_just_the_sums_of_its_points() =>
        Gen.Select(_interval, _interval).Sample((a, b) => Same(a + b, from x in Points(a) from y in Points(b) select x + y));

    [Fact]
    public void A_difference_holds_just_what_can_be_left_of_the_first() =>
        Gen.Select(_interval, _interval).Sample((a, b) =>
        {
            // The difference of two intervals without upper bound may be anything.
            var left = (from x in Points(a) from y in Points(b) select Math.Max(0, x - y)).ToList();
            var difference = a - b;
            return difference.Low == left.Min() && (a.High is null ? difference.High is null : difference.High == left.Max());
        });

    [Fact]
    public void Sums_over_days_are_the_sums_of_each_day() =>
        Gen.Select(_interval, Gen.Int[0, 5], Gen.Int[1, 6].Nullable()).List[0, 6].Sample(parts =>
        {
            var first = new DateOnly(2024, 1, 1);
            var sums = new IntervalSums();
            foreach (var (number, from, length) in parts) sums.Add(number, first.AddDays(from), length is { } days ? first.AddDays(from + days) : null);
            var steps = sums.Steps();
            return steps[0].From == DateOnly.MinValue && steps.Zip(steps.Skip(1)).All(s => s.First.From < s.Second.From && s.First.Sum != s.Second.Sum)
                && Enumerable.Range(-1, 14).All(day => steps.Last(s => s.From <= first.AddDays(day)).Sum
                    == parts.Where(p => p.Item2 <= day && !(p.Item2 + p.Item3 <= day)).Aggregate(Interval.Zero, (sum, p) => sum + p.Item1));
        });

    [Fact]
    public void The_smaller_of_two_holds_just_the_smaller_points() =>
        Gen.Select(_interval, _interval).Sample((a, b) => Same(Interval.Min(a, b), from x in Points(a) from y in Points(b) select Math.Min(x, y)));

    [Fact]
    public void A_hull_holds_the_points_of_both() =>
        Gen.Select(_interval, _interval).Sample((a, b) => Same(Interval.Hull(a, b), Points(a).Concat(Points(b))));

    [Fact]
    public void Containing_and_overlapping_are_about_points() =>
        Gen.Select(_interval, _interval).Sample((a, b) =>
            a.Contains(b) == Points(b).All(y => Holds(a, y)) && a.Overlaps(b) == Points(b).Any(y => Holds(a, y)));

    [Fact]
    public void No_low_comes_out_above_its_high() =>
        Gen.Select(_interval, _interval, _interval).Sample((a, b, c) =>
            new[] { a + b, a - b, (a - b) + c, (a + b) - c, Interval.Min(a, b), Interval.Hull(a, b), a.Possible() }.All(i => !(i.Low > i.High)));

    [Fact]
    public void Tenths_add_up_as_decimals_do() =>
        Assert.Equal(Interval.Exactly(0.3m), Interval.Exactly(0.1m) + Interval.Exactly(0.2m));

    [Fact]
    public void Nothing_added_changes_nothing() => _interval.Sample(a => a + Interval.Zero == a);

    [Fact]
    public void Crossed_ends_are_exchanged_only_for_showing() =>
        Assert.Equal((new Interval(2, 5), new Interval(3, null)), (new Interval(5, 2).InOrder(), new Interval(3, null).InOrder()));

    /// <summary>Every whole number of the interval. Without upper bound: some numbers, and one far above.</summary>
    static IEnumerable<decimal> Points(Interval a)
    {
        for (var at = a.Low; at <= (a.High ?? 12); at++) yield return at;
        if (a.High is null) yield return Beyond;
    }

    static bool Holds(Interval a, decimal point) => a.Low <= point && (a.High is null || point <= a.High);

    static bool Same(Interval interval, IEnumerable<decimal> points)
    {
        var all = points.ToList();
        return interval.Low == all.Min() && (interval.High is { } high ? high == all.Max() : all.Max() >= Beyond);
    }
}
