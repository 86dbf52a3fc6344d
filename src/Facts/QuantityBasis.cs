namespace Facts;

/// <summary>What a number counts: DESIGN.md §3.</summary>
public enum QuantityBasis { Increment, Cumulative, Remaining, Total }
