namespace Facts.Api.Claims;

/// <summary>A claim that the file no longer holds, and what became of it.</summary>
/// <param name="Claim">Its number.</param>
/// <param name="Change"><c>withdrawn</c>, <c>cancelled</c>, or <c>kept</c> where it is no pledge that could be cancelled, or the file holds another of the same commitment.</param>
internal sealed record DroppedClaim(
    long Claim, string Change, long ArticleId, string ExternalId, string Kind, IReadOnlyList<string> Donors, string? Recipient, IReadOnlyList<string> Items,
    decimal? QuantityLow, decimal? QuantityHigh, string? Unit, string? Commitment)
{
    public static DroppedClaim From(ClaimRow claim, string change) => new(claim.Id, change, claim.ArticleId, claim.ExternalId, claim.Kind, claim.Donors, claim.Recipient,
        claim.Items, claim.QuantityLow, claim.QuantityHigh, claim.Unit, claim.Commitment);
}
