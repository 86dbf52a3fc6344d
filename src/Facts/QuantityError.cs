namespace Facts;

/// <summary>A mistake in a quantity, and the wire member that has it, such as <c>quantity_low</c>.</summary>
public sealed record QuantityError(string Member, string Message);
