namespace Facts.Api.Review;

/// <summary>What a claim is called in every store: the external id of its article, or its url, and its own.</summary>
internal sealed record ClaimName(string Article, string ExternalId);
