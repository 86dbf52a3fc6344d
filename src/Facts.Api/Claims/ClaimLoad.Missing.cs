using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

// What a new edition of a list no longer holds.
internal sealed partial class ClaimImport
{
    /// <summary>Names the cancellations that are ours: <c>dropped:</c> and the name of the pledge.</summary>
    const string Dropped = "dropped:";

    readonly Dictionary<long, string?> _editions = [];
    readonly HashSet<long> _unchanged = [];
    readonly SortedSet<string> _undated = new(StringComparer.Ordinal);

    /// <summary>Articles whose day the file does not give, so that what they no longer hold was cancelled as of today.</summary>
    public IReadOnlyCollection<string> Undated => _undated;

    /// <summary>
    /// Does with the claims that the file's articles no longer hold what the load asks for. Not where a row was refused: what it would have held is not known.
    /// </summary>
    /// <returns>What was dropped.</returns>
    public async Task<IReadOnlyList<DroppedClaim>> DropAsync(CancellationToken cancel)
    {
        if (options.Missing == MissingPolicy.Keep || IsRefused || _sum.Failed > 0 || _editions.Count == 0) return [];
        var (dropped, ours) = (new List<ClaimRow>(), new List<ClaimRow>());
        var articles = _editions.Keys.ToArray();
        await foreach (var claim in Current(c => articles.Contains(c.ArticleId)).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (claim.RecordedIn == change.Id || _unchanged.Contains(claim.Id)) continue;
            (claim is { Kind: "cancellation" } && claim.ExternalId.StartsWith(Dropped, StringComparison.Ordinal) ? ours : dropped).Add(claim);
        }
        var held = await HeldAsync(articles, [.. dropped, .. ours], cancel);
        // What the list holds again was not dropped for good.
        await WithdrawAsync([.. ours.Where(c => held.Contains(c.Commitment!))], cancel);
        if (options.Missing == MissingPolicy.Withdraw)
        {
            await WithdrawAsync(dropped, cancel);
            return [.. dropped.Select(c => DroppedClaim.From(c, "withdrawn"))];
        }
        var cancelled = ours.Select(c => (c.ArticleId, c.ExternalId, c.Commitment)).ToHashSet();
        dropped.RemoveAll(c => c.Commitment is not null && cancelled.Contains((c.ArticleId, Dropped + c.ExternalId, c.Commitment)));
        var told = dropped.Select(c => (Claim: c, IsCancelled: c.Kind == "pledge" && !(c.Commitment is { } key && held.Contains(key)))).ToList();
        var report = told.Select(t => DroppedClaim.From(t.Claim, t.IsCancelled ? "cancelled" : "kept")).ToList();
        await CancelAsync([.. told.Where(t => t.IsCancelled).Select(t => t.Claim)], ours, cancel);
        return report;
    }

    IQueryable<ClaimRow> Current(System.Linq.Expressions.Expression<Func<ClaimRow, bool>> which) =>
        database.Set<ClaimRow>().AsNoTracking().Where(c => c.SupersededIn == null).Where(which);

    /// <summary>Keys of those claims for which the file still has a pledge.</summary>
    async Task<HashSet<string>> HeldAsync(long[] articles, IReadOnlyList<ClaimRow> claims, CancellationToken cancel)
    {
        var keys = claims.Select(c => c.Commitment).OfType<string>().Distinct().ToArray();
        var gone = claims.Select(c => c.Id).ToArray();
        return (await Current(c => c.Kind == "pledge" && keys.Contains(c.Commitment!) && articles.Contains(c.ArticleId) && !gone.Contains(c.Id))
            .Select(c => c.Commitment!).Distinct().ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
    }

    async Task WithdrawAsync(IReadOnlyCollection<ClaimRow> claims, CancellationToken cancel)
    {
        if (claims.Count == 0) return;
        foreach (var claim in claims) Touch(claim);
        var ids = claims.Select(c => c.Id).ToArray();
        var ended = await database.Set<ClaimRow>().Where(c => ids.Contains(c.Id) && c.SupersededIn == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SupersededIn, change.Id), cancel);
        if (ended < claims.Count) throw new WriteConflictException();
        change.ClaimsEnded += ended;
        _hasDropped = true;
    }

    /// <summary>
    /// Cancels the commitments of pledges as of the day of the file's edition, in its article. A cancellation names its commitment by key: where the pledge's
    /// fact has none, the pledge gets one by a new edition of itself, which says the same and stays a report of the same fact.
    /// </summary>
    async Task CancelAsync(IReadOnlyList<ClaimRow> pledges, IReadOnlyList<ClaimRow> ours, CancellationToken cancel)
    {
        var keys = await KeysAsync(pledges, cancel);
        var articles = pledges.Select(p => p.ArticleId).Distinct().ToArray();
        var stored = await database.Set<ArticleRow>().AsNoTracking().Where(a => articles.Contains(a.Id)).ToListAsync(cancel);
        var names = stored.ToDictionary(a => a.Id, a => a.ExternalId ?? a.Url!);
        var known = ours.ToDictionary(c => (c.ArticleId, c.ExternalId));
        var (added, superseded) = (new List<ClaimRow>(), new List<(ClaimRow Old, ClaimRow New)>());
        foreach (var pledge in pledges)
        {
            var key = pledge.Commitment ?? keys.GetValueOrDefault(pledge.Id);
            var before = known.GetValueOrDefault((pledge.ArticleId, Dropped + pledge.ExternalId));
            // It was dropped before, and is as it was then.
            if (before is not null && before.Commitment == key) continue;
            if (key is null)
            {
                var keyed = pledge.With(key = ClaimRows.KeyFor(Dropped, names[pledge.ArticleId], pledge.ExternalId));
                added.Add(keyed);
                superseded.Add((pledge, keyed));
            }
            // On the day of the edition before, which is the stored article's, the list still held it.
            var day = _editions[pledge.ArticleId] is { } given ? FuzzyDate.Parse(given) : FuzzyDate.On(clock.Today);
            if (_editions[pledge.ArticleId] is null) _undated.Add(names[pledge.ArticleId]);
            var cancellation = new ClaimRequest { Kind = "cancellation", Commitment = key, Note = "no longer in the list" }
                .ToClaim(CodeSet.Empty, null, CodeSet.Empty, null, day, null, CodeSet.Empty);
            (cancellation.ArticleId, cancellation.ExternalId) = (pledge.ArticleId, Dropped + pledge.ExternalId);
            added.Add(cancellation);
            if (before is not null) superseded.Add((before, cancellation));
        }
        await RecordAsync(added, superseded, cancel);
    }

    async Task RecordAsync(List<ClaimRow> added, List<(ClaimRow Old, ClaimRow New)> superseded, CancellationToken cancel)
    {
        if (added.Count == 0) return;
        foreach (var (claim, id) in added.Zip(await ClaimStore.ReserveAsync(database, added.Count, cancel)))
        {
            (claim.Id, claim.FirstEditionId, claim.RecordedIn) = (id, id, change.Id);
            change.RecordClaim(id);
            Touch(claim);
        }
        foreach (var (old, now) in superseded)
        {
            now.FirstEditionId = old.FirstEditionId;
            Touch(old);
        }
        await ClaimVersions.SupersedeAsync(database, change, [.. superseded.Select(s => (s.Old.Id, s.New.Id))], cancel);
        await database.CopyInAsync(added, cancel);
        _hasDropped = true;
    }

    /// <summary>Keys of the facts that pledges without a key report, where another claim of the fact has one.</summary>
    async Task<Dictionary<long, string>> KeysAsync(IReadOnlyList<ClaimRow> pledges, CancellationToken cancel)
    {
        var unkeyed = pledges.Where(p => p.Commitment is null).ToList();
        if (unkeyed.Count == 0) return [];
        var (ids, partitions) = (unkeyed.Select(p => p.Id).ToArray(), unkeyed.Select(p => p.Partition).Distinct().ToArray());
        var found = await database.Set<CommitmentRow>().AsNoTracking()
            .Where(f => partitions.Contains(f.Partition) && f.Key != null && f.ClaimIds.Any(c => ids.Contains(c))).Select(f => new { f.Key, f.ClaimIds }).ToListAsync(cancel);
        return found.SelectMany(f => f.ClaimIds, (f, id) => (id, f.Key)).GroupBy(f => f.id).ToDictionary(g => g.Key, g => g.Select(f => f.Key!).Min(StringComparer.Ordinal)!);
    }
}
