namespace Facts.Api.Changes;

/// <summary>A claim that a change recorded, superseded or withdrew.</summary>
/// <param name="Action"><c>recorded</c>, <c>superseded</c> or <c>withdrawn</c>.</param>
/// <param name="SupersededBy">Number of the claim that superseded it; null where none did.</param>
internal sealed record ChangedClaim(long Id, string ExternalId, long ArticleId, ClaimKind Kind, string Action, long? SupersededBy);
