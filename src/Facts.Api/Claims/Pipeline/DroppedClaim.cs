namespace Facts.Api.Claims;

/// <summary>A claim that the file no longer holds, and its outcome.</summary>
/// <param name="Claim">Id of the claim.</param>
/// <param name="Change"><c>withdrawn</c>, <c>cancelled</c> or <c>kept</c>. With <c>missing=cancel</c> a claim is kept if it is no pledge, or if the file
/// holds another pledge of its commitment.</param>
internal sealed record DroppedClaim(
    long Claim, string Change, long ArticleId, string ExternalId, string Kind, IReadOnlyList<string> Donors, string? Recipient, IReadOnlyList<string> Items,
    decimal? QuantityLow, decimal? QuantityHigh, string? Unit, string? Commitment)
{
    public static DroppedClaim From(ClaimRow claim, string change) => new(
        claim.Id, change, claim.ArticleId, claim.ExternalId, claim.Kind, claim.Donors, claim.Recipient, claim.Items,
        claim.QuantityLow, claim.QuantityHigh, claim.Unit, claim.Commitment);
}
