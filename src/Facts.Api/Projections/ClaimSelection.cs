namespace Facts.Api.Projections;

/// <summary>Which claims are asked for, before anything is resolved.</summary>
/// <param name="KnownAt">
/// Record time: only what was recorded by then, and not taken back by then. Null: all that counts now, which is not the clock's now: where it was set back, or
/// stands still, record times are ahead of it.
/// </param>
/// <param name="Attributions">Only claims of these; null for all.</param>
/// <param name="Publishers">Only claims of these, in capitals; null for all.</param>
internal sealed record ClaimSelection(DateTimeOffset? KnownAt = null, string[]? Attributions = null, string[]? Publishers = null);
