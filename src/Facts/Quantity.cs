using System.Diagnostics.CodeAnalysis;

namespace Facts;

/// <summary>A reported number: its bounds as given, and how the source gave it.</summary>
public sealed record Quantity
{
    /// <summary>Largest absolute value of a number, inclusive (docs/semantics.md#quantities).</summary>
    public const decimal Max = 1_000_000_000_000_000;

    /// <summary>Largest number of digits after the decimal point; trailing zeros do not count (docs/semantics.md#quantities).</summary>
    public const int FractionDigits = 4;

    Quantity() { }

    public QuantityQualifier Qualifier { get; private init; }

    /// <summary>
    /// The least that it can be, inclusive. Null if it is unspecified, or vague without numbers; then a <see cref="VaguePolicy"/> reads
    /// <see cref="Text"/>.
    /// </summary>
    public decimal? Low { get; private init; }

    /// <summary>The most that it can be, inclusive; null if it is unspecified or has no upper bound.</summary>
    public decimal? High { get; private init; }

    /// <summary>The words of the source; null if they were not given.</summary>
    public string? Text { get; private init; }

    /// <summary>The bounds under a policy for vague words; null without a number.</summary>
    public Interval? Under(VaguePolicy policy) =>
        Low is { } low ? new Interval(low, High) : Qualifier == QuantityQualifier.Vague ? policy.Read(Text) : null;

    /// <summary>
    /// Checks the numbers of a contributor (docs/semantics.md#quantities) and completes them. A missing qualifier follows from the numbers, and
    /// a missing number from the qualifier. A vague quantity without numbers, whose text no policy can read, is unspecified. On failure
    /// <paramref name="errors"/> has every mistake, not only the first. <paramref name="mayBeNegative"/> is true only for the increment of an amendment.
    /// </summary>
    public static bool TryCreate(QuantityQualifier? qualifier, decimal? low, decimal? high, string? text, bool mayBeNegative,
        [NotNullWhen(true)] out Quantity? quantity, out IReadOnlyList<QuantityError> errors)
    {
        var found = new List<QuantityError>();
        if (low is { } l) found.AddRange(Wrong(LowMember, l, mayBeNegative));
        if (high is { } h) found.AddRange(Wrong(HighMember, h, mayBeNegative));
        if (low > high) found.Add(new(LowMember, $"is above {HighMember}"));
        qualifier ??= Inferred(low, high);
        found.AddRange(Contradiction(qualifier.Value, low, high));
        // No policy can read such a text, now or later.
        if (qualifier == QuantityQualifier.Vague && low is null && high is null && VaguePolicy.KnownPlural(text) is null)
            qualifier = QuantityQualifier.Unspecified;

        errors = found;
        quantity = null;
        if (found.Count > 0) return false;

        var (from, to) = Completed(qualifier.Value, Plain(low), Plain(high));
        quantity = new Quantity { Qualifier = qualifier.Value, Low = from, High = to, Text = text };
        return true;
    }

    const string LowMember = "quantity_low";
    const string HighMember = "quantity_high";
    const string QualifierMember = "quantity_qualifier";

    static IEnumerable<QuantityError> Wrong(string member, decimal number, bool mayBeNegative)
    {
        if (number == 0 && decimal.IsNegative(number)) yield return new(member, "is minus zero; write 0");
        if (number < 0 && !mayBeNegative) yield return new(member, "is below 0; only an amendment's increment may be");
        if (Math.Abs(number) > Max) yield return new(member, "is beyond 10^15");
        if (number != decimal.Round(number, FractionDigits)) yield return new(member, $"has more than {FractionDigits} digits after the point");
    }

    static QuantityQualifier Inferred(decimal? low, decimal? high) => (low, high) switch
    {
        (null, null) => QuantityQualifier.Unspecified,
        (_, null) => QuantityQualifier.AtLeast,
        (null, _) => QuantityQualifier.AtMost,
        var (a, b) => a == b ? QuantityQualifier.Exact : QuantityQualifier.Range,
    };

    /// <summary>Yields each contradiction between the qualifier and the numbers.</summary>
    static IEnumerable<QuantityError> Contradiction(QuantityQualifier qualifier, decimal? low, decimal? high)
    {
        switch (qualifier)
        {
            case QuantityQualifier.Exact:
                if (low is null && high is null) yield return new(QualifierMember, "'exact' needs a number");
                if (low < high) yield return new(QualifierMember, "'exact' has one number, so that low and high are equal; use 'range' for two");
                break;
            case QuantityQualifier.AtLeast:
                if (low is null) yield return new(LowMember, "is needed with 'at_least'");
                if (high is not null) yield return new(HighMember, "is not given with 'at_least', which has no upper bound; use 'range' for two numbers");
                break;
            case QuantityQualifier.AtMost:
                if (high is null) yield return new(HighMember, "is needed with 'at_most'");
                if (low is not (null or 0)) yield return new(LowMember, "is 0 or left out with 'at_most'; use 'range' for two numbers");
                if (high < 0 && low is null) yield return new(LowMember, "is needed where the high is negative; use 'range'");
                break;
            case QuantityQualifier.Range:
                if (low is null) yield return new(LowMember, "is needed with 'range'");
                if (high is null) yield return new(HighMember, "is needed with 'range'");
                break;
            case QuantityQualifier.Approximate:
                if (low is null && high is null) yield return new(QualifierMember, "'approximate' needs a number");
                break;
            case QuantityQualifier.Vague:
                if (high < 0 && low is null) yield return new(LowMember, "is needed where the high is negative");
                break;
            case QuantityQualifier.Unspecified:
                if (low is not null || high is not null) yield return new(QualifierMember, "'unspecified' has no numbers");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(qualifier), qualifier, null);
        }
    }

    static (decimal? Low, decimal? High) Completed(QuantityQualifier qualifier, decimal? low, decimal? high) => qualifier switch
    {
        QuantityQualifier.Exact or QuantityQualifier.Approximate => (low ?? high, high ?? low),
        QuantityQualifier.AtMost => (0, high),
        QuantityQualifier.Vague => (high is null ? low : low ?? 0, high),
        QuantityQualifier.AtLeast or QuantityQualifier.Range or QuantityQualifier.Unspecified => (low, high),
        _ => throw new ArgumentOutOfRangeException(nameof(qualifier), qualifier, null),
    };

    /// <summary>
    /// The number without trailing zeros (1.50 is 1.5), so that one number has one text. Dividing by one with 28 decimal places removes them.
    /// </summary>
    static decimal? Plain(decimal? number) => number / 1.0000000000000000000000000000m;
}
