namespace Facts;

/// <summary>A rejection: from when, and what it takes out; null takes all of the delivery.</summary>
internal readonly record struct Rejection(DateWindow Window, Interval? Number);
