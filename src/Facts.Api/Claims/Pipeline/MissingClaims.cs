using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>Ends the claims that a new edition of a list no longer holds, as <c>missing=</c> asks: see <see cref="MissingPolicy"/>.</summary>
internal sealed class MissingClaims(FactsContext database, ChangeRecord change, WriteOptions options, LockPlan locks, TimeProvider clock)
{
    /// <summary>Prefix of the external ids of cancellations made here: <c>dropped:</c> and the external id of the pledge.</summary>
    public const string Dropped = "dropped:";

    readonly Dictionary<long, string?> _articleDays = [];
    readonly HashSet<long> _unchanged = [];
    readonly SortedSet<string> _undated = new(StringComparer.Ordinal);

    /// <summary>Articles for which the file gives no day, so that claims it no longer holds were cancelled as of today.</summary>
    public IReadOnlyCollection<string> Undated => _undated;

    /// <summary>True if any claim was ended or added.</summary>
    public bool HasWritten { get; private set; }

    /// <summary>Notes the articles of a batch and the stored claims that it repeats.</summary>
    public void Add(StoredBatch batch)
    {
        // An article of a refused import has no id yet.
        foreach (var (article, day) in batch.Resolved.ArticleDays.Where(a => a.Key.Id > 0))
            _articleDays[article.Id] = day ?? _articleDays.GetValueOrDefault(article.Id);
        _unchanged.UnionWith(batch.UnchangedIds);
    }

    /// <summary>
    /// Withdraws or cancels the claims that the file's articles no longer hold. Call only if no row was refused: a refused row might have held such a claim.
    /// </summary>
    /// <returns>The claims that the file dropped, each with its outcome.</returns>
    public async Task<IReadOnlyList<DroppedClaim>> CloseAsync(CancellationToken cancel)
    {
        if (options.Missing == MissingPolicy.Keep || _articleDays.Count == 0) return [];
        var (dropped, cancellations, amendments) = (new List<ClaimRow>(), new List<ClaimRow>(), new List<ClaimRow>());
        var articles = _articleDays.Keys.ToArray();
        await foreach (var claim in Current(c => articles.Contains(c.ArticleId)).AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (claim.RecordedIn == change.Id || _unchanged.Contains(claim.Id)) continue;
            // Amendments of earlier editions are the history of their pledges. No file holds them.
            if (NumberChanges.IsOwn(claim)) amendments.Add(claim);
            else (claim is { Kind: "cancellation" } && claim.ExternalId.StartsWith(Dropped, StringComparison.Ordinal) ? cancellations : dropped).Add(claim);
        }
        var pledged = await PledgedKeysAsync(articles, [.. dropped, .. cancellations], cancel);
        // A pledge that the list holds again is not cancelled any more.
        await WithdrawAsync([.. cancellations.Where(c => pledged.Contains(c.Commitment!))], cancel);
        if (options.Missing == MissingPolicy.Withdraw)
        {
            var rows = dropped.Select(c => (c.ArticleId, c.ExternalId)).ToHashSet();
            await WithdrawAsync([.. dropped, .. amendments.Where(a => rows.Contains((a.ArticleId, NumberChanges.RowOf(a.ExternalId))))], cancel);
            return [.. dropped.Select(c => DroppedClaim.From(c, "withdrawn"))];
        }
        var cancelled = cancellations.Select(c => (c.ArticleId, c.ExternalId, c.Commitment)).ToHashSet();
        dropped.RemoveAll(c => c.Commitment is not null && cancelled.Contains((c.ArticleId, Dropped + c.ExternalId, c.Commitment)));
        var outcomes = dropped.Select(c => (Claim: c, IsCancelled: c.Kind == "pledge" && !(c.Commitment is { } key && pledged.Contains(key)))).ToList();
        // Before the claims get keys: the report shows them as they were.
        var report = outcomes.Select(o => DroppedClaim.From(o.Claim, o.IsCancelled ? "cancelled" : "kept")).ToList();
        await CancelAsync([.. outcomes.Where(o => o.IsCancelled).Select(o => o.Claim)], cancellations, cancel);
        return report;
    }

    IQueryable<ClaimRow> Current(System.Linq.Expressions.Expression<Func<ClaimRow, bool>> condition) =>
        database.Set<ClaimRow>().AsNoTracking().Where(c => c.SupersededIn == null).Where(condition);

    /// <summary>Commitment keys of those claims for which the file still holds a pledge.</summary>
    async Task<HashSet<string>> PledgedKeysAsync(long[] articles, IReadOnlyList<ClaimRow> claims, CancellationToken cancel)
    {
        var keys = claims.Select(c => c.Commitment).OfType<string>().Distinct().ToArray();
        var ids = claims.Select(c => c.Id).ToArray();
        return (await Current(c => c.Kind == "pledge" && keys.Contains(c.Commitment!) && articles.Contains(c.ArticleId) && !ids.Contains(c.Id))
            .Select(c => c.Commitment!).Distinct().ToListAsync(cancel)).ToHashSet(StringComparer.Ordinal);
    }

    async Task WithdrawAsync(IReadOnlyCollection<ClaimRow> claims, CancellationToken cancel)
    {
        if (claims.Count == 0) return;
        foreach (var claim in claims) locks.Add(claim);
        var ids = claims.Select(c => c.Id).ToArray();
        var ended = await database.Set<ClaimRow>().Where(c => ids.Contains(c.Id) && c.SupersededIn == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SupersededIn, change.Id), cancel);
        if (ended < claims.Count) throw new WriteConflictException();
        change.ClaimsEnded += ended;
        HasWritten = true;
    }

    /// <summary>
    /// Cancels the commitments of pledges, in the pledge's article, as of the day that the file gives for the article. A cancellation names its commitment by
    /// key.
    /// If the fact has no key, the pledge gets one by a new edition that says nothing else new, so it stays a report of that fact.
    /// </summary>
    async Task CancelAsync(IReadOnlyList<ClaimRow> pledges, IReadOnlyList<ClaimRow> cancellations, CancellationToken cancel)
    {
        var keys = await CommitmentKeys.ReadAsync(database, pledges, cancel);
        var articles = pledges.Select(p => p.ArticleId).Distinct().ToArray();
        var stored = await database.Set<ArticleRow>().AsNoTracking().Where(a => articles.Contains(a.Id)).ToListAsync(cancel);
        var names = stored.ToDictionary(a => a.Id, a => a.ExternalId ?? a.Url!);
        var known = cancellations.ToDictionary(c => (c.ArticleId, c.ExternalId));
        var (added, superseded) = (new List<ClaimRow>(), new List<(ClaimRow Old, ClaimRow New)>());
        foreach (var pledge in pledges)
        {
            var key = pledge.Commitment ?? keys.GetValueOrDefault(pledge.Id);
            var before = known.GetValueOrDefault((pledge.ArticleId, Dropped + pledge.ExternalId));
            // An earlier import cancelled it, and nothing has changed since.
            if (before is not null && before.Commitment == key) continue;
            if (key is null)
            {
                var keyed = pledge.WithCommitment(key = ClaimRows.KeyFor(Dropped, names[pledge.ArticleId], pledge.ExternalId));
                added.Add(keyed);
                superseded.Add((pledge, keyed));
            }
            // Not the stored article's day: that is the day of the older edition, which still held the pledge.
            var day = _articleDays[pledge.ArticleId] is { } given ? FuzzyDate.Parse(given) : FuzzyDate.On(clock.Today);
            if (_articleDays[pledge.ArticleId] is null) _undated.Add(names[pledge.ArticleId]);
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
            locks.Add(claim);
        }
        foreach (var (old, edition) in superseded)
        {
            edition.FirstEditionId = old.FirstEditionId;
            locks.Add(old);
        }
        await ClaimVersions.SupersedeAsync(database, change, [.. superseded.Select(s => (s.Old.Id, s.New.Id))], cancel);
        await database.CopyInAsync(added, cancel);
        HasWritten = true;
    }
}
