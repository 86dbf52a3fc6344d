using Facts.Api.Changes;

namespace Facts.Api.Merges;

/// <summary>A merge of a party or an item into another.</summary>
/// <param name="Code">Code of the party or item that was merged.</param>
/// <param name="Into">Code of the party or item that stayed.</param>
/// <param name="DecidedBy">Name of the person who decided; null if it was not given.</param>
/// <param name="Reason">Reason for the merge.</param>
/// <param name="MergedAt">Record time of the merge; null in a dry run.</param>
/// <param name="UndoneAt">Record time of its undo; null while it holds.</param>
/// <param name="Claims">Number of claims, of all editions, that named the code and now name the other.</param>
/// <param name="Effect">The facts and balances that this request changed, or would change in a dry run; null if it changed nothing.</param>
internal sealed record MergeResponse(
    string Code, string Into, string? DecidedBy, string Reason, DateTimeOffset? MergedAt, DateTimeOffset? UndoneAt, int Claims, MergeEffect? Effect)
{
    public static MergeResponse From(MergeRow merge, ChangeRecord? change, bool isDry = false) => new(
        merge.Code, merge.Into, merge.DecidedBy, merge.Reason, isDry ? null : merge.MergedAt, merge.UndoneAt, merge.Claims,
        change is null ? null : new(change.FactsChanged, change.BalancesMoved, [.. change.Balances.Take(MergeEffect.MaxListed)]));
}

/// <summary>The facts and balances that a merge or its undo changed.</summary>
/// <param name="FactsChanged">Number of facts that were added, changed or removed.</param>
/// <param name="BalancesMoved">Number of balances that changed.</param>
/// <param name="Balances">The first 100 balances, each with its measures before and after.</param>
internal sealed record MergeEffect(int FactsChanged, int BalancesMoved, IReadOnlyList<BalanceChange> Balances)
{
    public const int MaxListed = 100;
}
