using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Projections;

/// <summary>What an editor decided: about two facts, or, where it is a rank, about one claim.</summary>
internal enum DecisionKind { Merge, Split, Link, Unlink, Rank }

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

internal sealed class DecisionTable : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> decision)
    {
        decision.ToTable("decisions", table =>
        {
            table.HasCheckConstraint("decision_is_known", FactsContext.OneOf<DecisionKind>("decision"));
            table.HasCheckConstraint("decision_rank_is_known", FactsContext.OneOf<Rank>("rank"));
            table.HasCheckConstraint("decision_is_whole", "decision = 'rank' and b is null and rank is not null and rank_before is not null or decision <> 'rank' and b is not null and rank is null and rank_before is null");
        });
        decision.Property(d => d.Id).UseIdentityByDefaultColumn();
        decision.HasIndex(d => d.A);
    }
}

internal static class Decisions
{
    /// <summary>All about facts that were in force then; null: now. Few: a person made each.</summary>
    public static async Task<IReadOnlyList<Decision>> AtAsync(FactsContext database, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var all = database.Set<DecisionRow>().AsNoTracking().Where(d => d.B != null);
        var then = knownAt is { } at ? all.Where(d => d.RecordedAt <= at && (d.UndoneAt == null || d.UndoneAt > at)) : all.Where(d => d.UndoneAt == null);
        return [.. (await then.OrderBy(d => d.Id).ToListAsync(cancel)).Select(d => d.ToDecision())];
    }
}
