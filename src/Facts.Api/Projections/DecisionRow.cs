using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>An editor's decision, with its author, time and reason. A decision that is undone stays stored for queries with <c>known_at</c>.</summary>
internal sealed class DecisionRow
{
    public long Id { get; set; }
    public string Decision { get; set; } = "";

    /// <summary>First edition of a claim of the first fact. For a link: of the delivery. For a rank: the claim.</summary>
    public long A { get; set; }

    /// <summary>First edition of a claim of the second fact. For a link: of the commitment. Null for a rank.</summary>
    public long? B { get; set; }

    /// <summary>The new rank of the claim; null where the decision is not about a rank.</summary>
    public string? Rank { get; set; }

    /// <summary>The rank of the claim before the decision; null where the decision is not about a rank.</summary>
    public string? RankBefore { get; set; }

    public string? DecidedBy { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>The decision about facts. Not for a rank, which the editions of the claim carry.</summary>
    public Decision ToDecision() => EnumWords.Parse<DecisionKind>(Decision) switch
    {
        DecisionKind.Merge => new Decision.Merge(Id, A, B!.Value),
        DecisionKind.Split => new Decision.Split(Id, A, B!.Value),
        DecisionKind.Link => new Decision.Link(Id, A, B!.Value),
        DecisionKind.Unlink => new Decision.Unlink(Id, A, B!.Value),
        _ => throw new InvalidOperationException($"A stored decision is not about facts: {Decision}"),
    };
}
