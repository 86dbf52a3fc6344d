using System.Diagnostics.CodeAnalysis;

namespace Facts;

/// <summary>A reported number: its bounds as given, and how it was said.</summary>
public sealed record Quantity
{
    /// <summary>Largest number on either side of zero (DESIGN.md §3).</summary>
    public const decimal Max = 1_000_000_000_000_000;

    /// <summary>Most digits after the point (DESIGN.md §3); zeros at the end do not count.</summary>
    public const int FractionDigits = 4;

    Quantity() { }

    public QuantityQualifier Qualifier { get; private init; }

    /// <summary>Least it can be, inclusive; null where unspecified, or vague without numbers (then the policy reads <see cref="Text"/>).</summary>
    public decimal? Low { get; private init; }

    /// <summary>Most it can be, inclusive; null where unspecified or without upper bound.</summary>
    public decimal? High { get; private init; }

    /// <summary>The words of the source; null where not given.</summary>
    public string? Text { get; private init; }

    /// <summary>The bounds under a policy for vague words; null when unspecified.</summary>
    public Interval? Under(VaguePolicy policy) =>
        Low is { } low ? new Interval(low, High) : Qualifier == QuantityQualifier.Vague ? policy.Read(Text) : null;

    /// <summary>
    /// Checks what a contributor gave against DESIGN.md §3 and completes it: the qualifier where none was given, the other number
    /// where the qualifier says it. On failure <paramref name="errors"/> has everything that is wrong, not only the first.
    /// <paramref name="mayBeNegative"/> is true for an amendment's increment only.
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

    /// <summary>Where the numbers are not those that the qualifier speaks of.</summary>
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

    /// <summary>Without zeros at the end (1.50 is 1.5), so that one number has one text. Division by one with 28 places does it.</summary>
    static decimal? Plain(decimal? number) => number / 1.0000000000000000000000000000m;
}
