namespace Facts;

/// <summary>Meaning of a number: an amount of its own, all so far, all still to come, or a new size (docs/semantics.md#quantities).</summary>
public enum QuantityBasis { Increment, Cumulative, Remaining, Total }
