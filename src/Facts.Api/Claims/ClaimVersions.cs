using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>Supersedes claims by newer editions. Older editions stay, for <c>known_at</c>.</summary>
internal static class ClaimVersions
{
    /// <summary>Closes claims and names the claims that supersede them.</summary>
    /// <exception cref="WriteConflictException">Another writer has closed one of them already.</exception>
    public static async Task SupersedeAsync(FactsContext database, ChangeRecord change, IReadOnlyList<(long Old, long New)> pairs, CancellationToken cancel)
    {
        if (pairs.Count == 0) return;
        var ended = await database.Database.ExecuteSqlAsync(
            $"""
            update claims
            set superseded_in = {change.Id}, superseded_by = pair.new
            from unnest({pairs.Select(p => p.Old).ToArray()}, {pairs.Select(p => p.New).ToArray()}) as pair (old, new)
            where id = pair.old and superseded_in is null
            """, cancel);
        if (ended < pairs.Count) throw new WriteConflictException();
        change.ClaimsEnded += ended;
    }

    /// <summary>Locks the articles of claims, so that no other writer supersedes the claims until the transaction ends.</summary>
    /// <exception cref="ArticleLockedException">Another writer holds one of the articles.</exception>
    public static async Task LockArticlesAsync(FactsContext database, IReadOnlyCollection<long> firstEditions, CancellationToken cancel)
    {
        var articles = await database.Set<ClaimRow>().Where(c => firstEditions.Contains(c.Id)).Select(c => c.ArticleId).Distinct().ToArrayAsync(cancel);
        await ArticleLocks.LockAsync(database, articles, alone: true, cancel);
    }

    /// <summary>The editions that count now, by the id of the first edition. Withdrawn claims have none.</summary>
    public static Task<Dictionary<long, ClaimRow>> CurrentAsync(FactsContext database, IReadOnlyCollection<long> firstEditions, CancellationToken cancel) =>
        database.Set<ClaimRow>().AsNoTracking()
            .Where(c => c.SupersededIn == null
                && (c.FirstEditionId == c.Id && firstEditions.Contains(c.Id) || c.FirstEditionId != c.Id && firstEditions.Contains(c.FirstEditionId)))
            .ToDictionaryAsync(c => c.FirstEditionId, cancel);

    /// <summary>Gives claims a rank, by a new edition of each. A claim that has the rank already stays as it is.</summary>
    public static async Task RankAsync(FactsContext database, ChangeRecord change, IEnumerable<(ClaimRow Claim, string Rank)> ranked, CancellationToken cancel)
    {
        var others = ranked.Where(r => r.Claim.Rank != r.Rank).ToList();
        if (others.Count == 0) return;
        var (added, pairs) = (new List<ClaimRow>(), new List<(long, long)>());
        foreach (var ((claim, rank), id) in others.Zip(await ClaimStore.ReserveAsync(database, others.Count, cancel)))
        {
            var edition = claim.Copy();
            (edition.Id, edition.Rank, edition.RecordedIn) = (id, rank, change.Id);
            added.Add(edition);
            pairs.Add((claim.Id, id));
            change.RecordClaim(id);
        }
        await SupersedeAsync(database, change, pairs, cancel);
        await database.CopyInAsync(added, cancel);
    }
}
