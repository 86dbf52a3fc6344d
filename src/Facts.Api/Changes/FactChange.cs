namespace Facts.Api.Changes;

/// <summary>A fact that a change created, changed or removed.</summary>
/// <param name="Kind">Request, commitment or delivery.</param>
/// <param name="Id">Number of the fact.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="NowPartOf">For a removed fact: number of the fact that has its first claim now. Null where no fact has, and for facts that were not removed.</param>
internal sealed record FactChange(FactKind Kind, long Id, string Action, long? NowPartOf);
