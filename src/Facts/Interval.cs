namespace Facts;

/// <summary>
/// What a number can be: every value from <see cref="Low"/> to <see cref="High"/>, both inclusive.
/// A null <see cref="High"/> means no upper bound. Low may be negative only in an amendment's increment, and may exceed High
/// only in what a running total leaves unexplained; sums use both as they are (DESIGN.md §3, §7).
/// </summary>
public readonly record struct Interval(decimal Low, decimal? High)
{
    /// <summary>Certainly nothing: [0, 0]. The identity of the sum.</summary>
    public static Interval Zero => new(0, 0);

    /// <summary>One known number.</summary>
    public static Interval Exactly(decimal number) => new(number, number);

    /// <summary>Adds lows and highs; a sum with anything unbounded is unbounded.</summary>
    public static Interval operator +(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    /// <summary>What is left of <paramref name="a"/> once <paramref name="b"/> is taken away: never below zero at either end.</summary>
    public static Interval operator -(Interval a, Interval b) =>
        new(b.High is { } high ? Math.Max(0, a.Low - high) : 0, a.High is { } most ? Math.Max(0, most - b.Low) : null);

    /// <summary>The smaller of the two, at each end.</summary>
    public static Interval Min(Interval a, Interval b) =>
        new(Math.Min(a.Low, b.Low), a.High is { } x && b.High is { } y ? Math.Min(x, y) : a.High ?? b.High);

    /// <summary>The narrowest interval that holds both.</summary>
    public static Interval Hull(Interval a, Interval b) =>
        new(Math.Min(a.Low, b.Low), a.High is { } x && b.High is { } y ? Math.Max(x, y) : null);

    /// <summary>The same interval with neither end below zero.</summary>
    public Interval NotNegative() => new(Math.Max(0, Low), High is { } high ? Math.Max(0, high) : null);

    /// <summary>What is possible but not certain: [0, High].</summary>
    public Interval Possible() => this with { Low = 0 };

    /// <summary>The two ends in order, for showing: exchanged where low exceeds high.</summary>
    public Interval InOrder() => High is { } high && high < Low ? new(high, Low) : this;

    /// <summary>Whether every value of <paramref name="other"/> is a value of this one.</summary>
    public bool Contains(Interval other) => Low <= other.Low && (High is not { } high || other.High is { } theirs && theirs <= high);

    /// <summary>Whether the two share a value.</summary>
    public bool Overlaps(Interval other) => (other.High is not { } theirs || Low <= theirs) && (High is not { } high || other.Low <= high);
}
