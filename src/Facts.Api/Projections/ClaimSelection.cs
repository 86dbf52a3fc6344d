namespace Facts.Api.Projections;

/// <summary>The claims that a query uses.</summary>
/// <param name="KnownAt">
/// Record time: only claims that were recorded by this moment, and not superseded or withdrawn by it. Null: all claims that count now. Null is not the present
/// moment of the clock, because record times can be ahead of a clock that was set back.
/// </param>
/// <param name="Attributions">Only claims with these attributions; null for all.</param>
/// <param name="Publishers">Only claims of these publishers, in capitals; null for all.</param>
internal sealed record ClaimSelection(DateTimeOffset? KnownAt = null, string[]? Attributions = null, string[]? Publishers = null);
