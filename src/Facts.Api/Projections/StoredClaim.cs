namespace Facts.Api.Projections;

/// <summary>
/// A claim as it is stored, with the transactions that wrote its row and that of its article last. While these are the same, so is the claim.
/// </summary>
internal sealed record StoredClaim(Claim Claim, uint Version, uint ArticleVersion);
