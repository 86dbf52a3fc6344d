namespace Facts.Api.Changes;

/// <summary>A claim that a change recorded or ended.</summary>
/// <param name="Action"><c>recorded</c>, <c>superseded</c> or <c>withdrawn</c>.</param>
/// <param name="SupersededBy">The claim that took its place.</param>
internal sealed record ChangedClaim(long Id, string ExternalId, long ArticleId, ClaimKind Kind, string Action, long? SupersededBy);
