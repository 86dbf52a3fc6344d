using System.Diagnostics.CodeAnalysis;

namespace Facts;

/// <summary>How a number was reported (DESIGN.md §3).</summary>
public enum QuantityQualifier { Exact, AtLeast, AtMost, Range, Approximate, Vague, Unspecified }

/// <summary>What a number counts: DESIGN.md §3.</summary>
public enum QuantityBasis { Increment, Cumulative, Remaining, Total }

/// <summary>A reported number: its bounds as given, and how it was said.</summary>
public sealed record Quantity
{
    Quantity() { }

    public QuantityQualifier Qualifier { get; private init; }

    /// <summary>Least it can be, inclusive; null where unspecified, or vague without numbers (then the policy reads <see cref="Text"/>).</summary>
    public decimal? Low { get; private init; }

    /// <summary>Most it can be, inclusive; null where unspecified or without upper bound.</summary>
    public decimal? High { get; private init; }

    /// <summary>The words of the source; null where not given.</summary>
    public string? Text { get; private init; }

    /// <summary>The bounds under a policy for vague words; null when unspecified.</summary>
    public Interval? Under(VaguePolicy policy) => throw new NotSupportedException("replaced in the next commit");

    /// <summary>Checks what a contributor gave against DESIGN.md §3 (qualifier against numbers, range, fraction digits, sign by basis and kind).</summary>
    public static bool TryCreate(QuantityQualifier? qualifier, decimal? low, decimal? high, string? text, bool mayBeNegative,
        [NotNullWhen(true)] out Quantity? quantity, out IReadOnlyList<QuantityError> errors) => throw new NotSupportedException("replaced in the next commit");
}

/// <summary>What is wrong with a quantity, and with which of its wire members (<c>quantity_low</c> …).</summary>
public sealed record QuantityError(string Member, string Message);

/// <summary>How vague words are read; named, so that an answer can say which was used.</summary>
public sealed record VaguePolicy(string Name, IReadOnlyDictionary<string, decimal> AtLeast);
