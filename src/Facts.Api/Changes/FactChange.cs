namespace Facts.Api.Changes;

/// <summary>A fact that a change created, changed or removed.</summary>
/// <param name="Kind">Request, commitment or delivery.</param>
/// <param name="Id">Number of the fact.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="NowPartOf">Number of the fact that now has the first claim of a removed fact. Null if no fact has it, or if the fact was not removed.</param>
internal sealed record FactChange(FactKind Kind, long Id, string Action, long? NowPartOf);
