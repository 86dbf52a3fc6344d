namespace Facts;

/// <summary>Form in which the source gave a number (docs/semantics.md#quantities).</summary>
public enum QuantityQualifier { Exact, AtLeast, AtMost, Range, Approximate, Vague, Unspecified }
