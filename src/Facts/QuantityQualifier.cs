namespace Facts;

/// <summary>How a number was reported (DESIGN.md §3).</summary>
public enum QuantityQualifier { Exact, AtLeast, AtMost, Range, Approximate, Vague, Unspecified }
