using Facts.Api.Claims;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The page of a claim.</summary>
/// <param name="Row">The claim.</param>
/// <param name="Fact">The fact that it was the first to report; null where it is another claim.</param>
/// <param name="Names">Names of parties and items.</param>
internal sealed record ClaimPlace(ClaimResponse Row, FactRow? Fact, IReadOnlyDictionary<string, string> Names);
