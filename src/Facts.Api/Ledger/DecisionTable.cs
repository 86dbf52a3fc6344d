using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Facts.Api.Ledger;

/// <summary>What an editor decided about two facts.</summary>
internal enum DecisionKind { Merge, Split, Link, Unlink }

/// <summary>An editor's decision, as recorded: who, when and why. Undone, it stays for <c>known_at</c>.</summary>
internal sealed class DecisionRow
{
    public long Id { get; set; }
    public string Decision { get; set; } = "";

    /// <summary>First edition of a claim of the one fact; of a link the delivery's.</summary>
    public long A { get; set; }

    /// <summary>Of the other; of a link the commitment's.</summary>
    public long B { get; set; }

    public string? DecidedBy { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset? UndoneAt { get; set; }

    public Decision ToDecision() => Http.Words.Parse<DecisionKind>(Decision) switch
    {
        DecisionKind.Merge => new Decision.Merge(Id, A, B),
        DecisionKind.Split => new Decision.Split(Id, A, B),
        DecisionKind.Link => new Decision.Link(Id, A, B),
        DecisionKind.Unlink => new Decision.Unlink(Id, A, B),
        _ => throw new InvalidOperationException($"A stored decision is no decision: {Decision}"),
    };
}

internal sealed class DecisionTable : IEntityTypeConfiguration<DecisionRow>
{
    public void Configure(EntityTypeBuilder<DecisionRow> decision)
    {
        decision.ToTable("decisions", table => table.HasCheckConstraint("decision_is_known", FactsContext.OneOf<DecisionKind>("decision")));
        decision.Property(d => d.Id).UseIdentityByDefaultColumn();
    }
}

internal static class Decisions
{
    /// <summary>All that were in force then; null: now. Few: a person made each.</summary>
    public static async Task<IReadOnlyList<Decision>> AtAsync(FactsContext database, DateTimeOffset? knownAt, CancellationToken cancel)
    {
        var all = database.Set<DecisionRow>().AsNoTracking();
        var then = knownAt is { } at ? all.Where(d => d.RecordedAt <= at && (d.UndoneAt == null || d.UndoneAt > at)) : all.Where(d => d.UndoneAt == null);
        return [.. (await then.OrderBy(d => d.Id).ToListAsync(cancel)).Select(d => d.ToDecision())];
    }
}
