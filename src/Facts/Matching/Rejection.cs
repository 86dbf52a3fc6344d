namespace Facts;

/// <summary>A rejection of a delivery. <paramref name="Number"/> is taken out; null takes out all of the delivery.</summary>
internal readonly record struct Rejection(DateWindow Window, Interval? Number);
