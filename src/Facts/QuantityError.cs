namespace Facts;

/// <summary>What is wrong with a quantity, and with which of its wire members (<c>quantity_low</c> …).</summary>
public sealed record QuantityError(string Member, string Message);
