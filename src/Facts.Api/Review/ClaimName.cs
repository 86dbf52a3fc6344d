namespace Facts.Api.Review;

/// <summary>The name that a claim has in every store.</summary>
/// <param name="Article">External id of its article, or the article's URL where it has none.</param>
/// <param name="ExternalId">External id of the claim within the article.</param>
internal sealed record ClaimName(string Article, string ExternalId);
