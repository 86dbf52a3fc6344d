using Facts.Api.Http;

namespace Facts.Api.FactLists;

/// <summary>The fields of a commitment's history.</summary>
internal static class CommitmentHistorySchema
{
    public static readonly ListSchema<CommitmentHistory> Fields = new ListSchema<CommitmentHistory>("CommitmentHistory")
        .Field("id", h => h.Id, "Number of the commitment.")
        .Field("key", h => h.Key, "The key by which its claims name the commitment; null where none does.")
        .Field("as_of", h => h.AsOf, "Last day of the history, inclusive.")
        .Field("known_at", h => h.KnownAt, "Only what was recorded by this moment is in the history (UTC).")
        .Field("items", h => h.Items, "The claims of the commitment and of its deliveries, in order of their days, each with what it changed.");
}
