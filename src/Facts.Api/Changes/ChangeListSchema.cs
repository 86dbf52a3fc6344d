using Facts.Api.Http;

namespace Facts.Api.Changes;

/// <summary>The columns of changes, and the details that every change has in JSON.</summary>
internal static class ChangeListSchema
{
    public static readonly ListSchema<ChangeRow> Fields = new ListSchema<ChangeRow>("Change")
        .Id("sequence", c => c.Sequence, "Number of the change, from 1, without gaps. It is the `dataset_version` that the change made.", example: "1")
        .Field("recorded_at", c => c.RecordedAt, "Moment of the change (UTC), later than that of the change before.")
        .Field("kind", c => c.Kind, "Kind of write that made the change.", facet: true, words: EnumWords.All<ChangeKind>())
        .Field("claims_recorded", c => c.ClaimsRecorded, "Number of claims that were recorded.")
        .Field("claims_ended", c => c.ClaimsEnded, "Number of claims that were superseded or withdrawn.")
        .Field("facts_changed", c => c.FactsChanged, "Number of facts that were added, changed or removed.")
        .Field("balances_moved", c => c.BalancesMoved, "Number of balances that changed.")
        .Embed<IEnumerable<ChangedClaim>>("claims", $"Claims that were recorded, superseded or withdrawn: the first {ChangedClaims.MaxListed} of each.",
            isAlways: true)
        .Embed<IEnumerable<FactChange>>("facts",
            $"Facts that were added, changed or removed, a removed one with the fact that it is part of now: the first {ChangeRecord.MaxListed}.",
            isAlways: true)
        .Embed<IEnumerable<ChangedResource>>("resources", "Articles, parties, items, perimeters and decisions that were made, changed or deleted.",
            isAlways: true)
        .Embed<IEnumerable<BalanceChange>>("balances", $"Balances that changed, as of the day of the change: the first {ChangeRecord.MaxListed}.",
            isAlways: true)
        .Embed<bool>("truncated", "True if the change did more than is listed here. The counts are complete.", isAlways: true)
        .Parameter("since", WireType.Whole, "Only changes after this `sequence`.", example: "1");
}
