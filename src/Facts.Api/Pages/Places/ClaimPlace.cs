using Facts.Api.Claims;

namespace Facts.Api.Pages;

/// <summary>The page of a claim.</summary>
internal sealed record ClaimPlace(ClaimResponse Row, IReadOnlyDictionary<string, string> Names);
