using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>An editor's decision, as recorded: who, when and why. Undone, it stays for <c>known_at</c>.</summary>
internal sealed class DecisionRow
{
    public long Id { get; set; }
    public string Decision { get; set; } = "";

    /// <summary>First edition of a claim of the one fact; of a link the delivery's; of a rank the claim.</summary>
    public long A { get; set; }

    /// <summary>Of the other; of a link the commitment's; null of a rank.</summary>
    public long? B { get; set; }

    /// <summary>Of a rank: what the claim is ranked; else null.</summary>
    public string? Rank { get; set; }

    /// <summary>Of a rank: what the claim was ranked before; else null.</summary>
    public string? RankBefore { get; set; }

    public string? DecidedBy { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }

    /// <summary>As a decision about facts. A rank is none: the claim's editions carry it.</summary>
    public Decision ToDecision() => EnumWords.Parse<DecisionKind>(Decision) switch
    {
        DecisionKind.Merge => new Decision.Merge(Id, A, B!.Value),
        DecisionKind.Split => new Decision.Split(Id, A, B!.Value),
        DecisionKind.Link => new Decision.Link(Id, A, B!.Value),
        DecisionKind.Unlink => new Decision.Unlink(Id, A, B!.Value),
        _ => throw new InvalidOperationException($"A stored decision is none about facts: {Decision}"),
    };
}
