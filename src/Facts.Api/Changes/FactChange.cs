namespace Facts.Api.Changes;

/// <summary>A fact that came to be, changed, or went.</summary>
/// <param name="Kind">Request, commitment or delivery.</param>
/// <param name="Id">Its number.</param>
/// <param name="Action"><c>created</c>, <c>changed</c> or <c>removed</c>.</param>
/// <param name="NowPartOf">Of a fact that went: the one that holds its first claim now; null where none does.</param>
internal sealed record FactChange(FactKind Kind, long Id, string Action, long? NowPartOf);
