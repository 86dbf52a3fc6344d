namespace Facts;

/// <summary>
/// The values that a number can have: from <see cref="Low"/> to <see cref="High"/>, both inclusive. A null High means no upper bound.
/// Low may be negative only in the increment of an amendment. Low may exceed High only in an unexplained remainder of a cumulative total.
/// Example: [8, 10] tanks arrive, and then [9, 9] are claimed "so far"; the remainder is [1, 0] (docs/semantics.md#cumulative-totals).
/// Sums use such bounds as they are; <see cref="InOrder"/> swaps them for showing. So the type does not refuse them.
/// </summary>
public readonly record struct Interval(decimal Low, decimal? High)
{
    /// <summary>[0, 0]: certainly nothing. Adding it changes nothing.</summary>
    public static Interval Zero => new(0, 0);

    /// <summary>[number, number]: one exact number.</summary>
    public static Interval Exactly(decimal number) => new(number, number);

    /// <summary>Adds the lows and adds the highs. The sum has no upper bound if one of the two has none.</summary>
    public static Interval operator +(Interval a, Interval b) => new(a.Low + b.Low, a.High + b.High);

    /// <summary>Takes <paramref name="b"/> out of <paramref name="a"/>; neither bound goes below zero. [4, 6] - [5, 5] is [0, 1].</summary>
    public static Interval operator -(Interval a, Interval b) =>
        new(b.High is { } high ? Math.Max(0, a.Low - high) : 0, a.High is { } whole ? Math.Max(0, whole - b.Low) : null);

    /// <summary>The smaller low with the smaller high.</summary>
    public static Interval Min(Interval a, Interval b) =>
        new(Math.Min(a.Low, b.Low), a.High is { } x && b.High is { } y ? Math.Min(x, y) : a.High ?? b.High);

    /// <summary>The narrowest interval that contains both.</summary>
    public static Interval Hull(Interval a, Interval b) =>
        new(Math.Min(a.Low, b.Low), a.High is { } x && b.High is { } y ? Math.Max(x, y) : null);

    /// <summary>The interval with negative bounds replaced by zero.</summary>
    public Interval NotNegative() => new(Math.Max(0, Low), High is { } high ? Math.Max(0, high) : null);

    /// <summary>[0, High]: possible, but nothing of it certain.</summary>
    public Interval Possible() => this with { Low = 0 };

    /// <summary>The interval for showing: low and high are swapped if low exceeds high.</summary>
    public Interval InOrder() => High is { } high && high < Low ? new(high, Low) : this;

    /// <summary>True if every value of <paramref name="other"/> is a value of this interval.</summary>
    public bool Contains(Interval other) => Low <= other.Low && (High is not { } high || other.High is { } theirs && theirs <= high);

    /// <summary>True if the two intervals share a value.</summary>
    public bool Overlaps(Interval other) => (other.High is not { } theirs || Low <= theirs) && (High is not { } high || other.Low <= high);
}
