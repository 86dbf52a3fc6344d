using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>
/// Stores resolved claims: new names and articles first, then each batch. An older edition of a claim is closed, never overwritten.
/// </summary>
/// <param name="database">Its transaction is open.</param>
/// <param name="change">The change in which the claims are recorded.</param>
/// <param name="options">The options of the import.</param>
/// <param name="names">The names that the import creates.</param>
/// <param name="current">The claims that count now.</param>
/// <param name="locks">Gets the partitions of all claims written.</param>
/// <param name="clock">Dates new articles.</param>
internal sealed class BatchStore(
    FactsContext database, ChangeRecord change, WriteOptions options, NameResolver names, CurrentClaims current, LockPlan locks, TimeProvider clock)
{
    readonly HashSet<long> _ranked = [];
    List<long> _reserved = [];

    /// <summary>Stores the parties, items and articles that the batch creates. The last statements are left in the round trip.</summary>
    public async Task StoreNamesAsync(RoundTrip trip, ResolvedBatch batch, CancellationToken cancel)
    {
        var articles = batch.NewArticles;
        _reserved = [];
        if (articles.Count > 0 || names.IsAnyNew)
        {
            var ids = ArticleStore.Reserve(trip, articles);
            // Claims of new articles are new.
            if (articles.Count > 0) _reserved = ClaimStore.Reserve(trip, batch.Claims.Count(c => c.Article.Id == 0));
            await locks.StoreNamesAsync(trip, async () =>
            {
                await names.StoreAsync(database, change, cancel);
                await ArticleStore.AddAsync(trip, articles, ids, clock.GetUtcNow(), cancel);
            }, cancel);
        }
        current.AddCreated(articles);
    }

    /// <summary>
    /// Stores the new and changed claims of the batch. Stores none if a row is refused and the options do not skip refused rows. The last statements are left
    /// in the round trip.
    /// </summary>
    public async Task<StoredBatch> StoreAsync(RoundTrip trip, ResolvedBatch batch, CancellationToken cancel)
    {
        var before = await StoredAsync(batch, cancel);
        locks.RequireLocked([.. before.Counting.Values, .. before.Amendments.SelectMany(a => a)]);
        var stored = new StoredBatch(batch);
        var writes = Compare(stored, before);
        if (batch.Errors.Any && !options.SkipRefused) return stored;
        var superseded = new List<(long Old, long New)>();
        var moved = new List<(string Partition, string Key)>();
        foreach (var ((sent, article, claim, old), id) in writes.Zip(await IdsAsync(writes.Count, cancel)))
        {
            (claim.Id, claim.FirstEditionId, claim.RecordedIn, claim.ArticleId) = (id, old?.FirstEditionId ?? id, change.Id, article.Id);
            locks.Add(claim);
            change.RecordClaim(id);
            stored.Ids.Add(id);
            stored.Written.Add(new(sent, article, claim));
            if (old is null) continue;
            locks.Add(old);
            superseded.Add((old.Id, id));
            if (claim.Rank != old.Rank) _ranked.Add(claim.FirstEditionId);
            if (old.Partition != claim.Partition)
                moved.AddRange(new[] { old.Partition, claim.Partition }.Select(partition => (partition, $"k:edition:{claim.FirstEditionId}")));
        }
        await ClaimVersions.SupersedeAsync(database, change, superseded, cancel);
        // PostgreSQL planned its foreign key check when articles had few rows, and would scan all of them for every claim: so the plans are discarded.
        // It also compiles long queries just in time, again for each batch, which is a third of its work: so that is turned off.
        if (locks.IsBulk) await database.Database.ExecuteSqlAsync($"set local jit = off; discard plans", cancel);
        await trip.InsertAsync(writes.Select(w => w.Claim), cancel);
        // An editor's decision on the first edition applies to this edition too, in whichever partition it counts now.
        Partitions.Link(trip, moved);
        return stored;
    }

    /// <summary>Ids for new claims, in ascending order: first those that were reserved with the articles.</summary>
    async Task<IEnumerable<long>> IdsAsync(int count, CancellationToken cancel) =>
        count <= _reserved.Count ? _reserved : _reserved.Concat(await ClaimStore.ReserveAsync(database, count - _reserved.Count, cancel));

    /// <summary>Only looks for rows that <c>mode=insert</c> refuses: a refused import still reports all its errors.</summary>
    public async Task<StoredBatch> CheckOnlyAsync(ResolvedBatch batch, CancellationToken cancel)
    {
        var stored = new StoredBatch(batch);
        if (options.Mode == WriteMode.Insert) Compare(stored, await StoredAsync(batch, cancel));
        return stored;
    }

    /// <summary>True if the file gave another rank to a claim.</summary>
    public bool HasRankDecisions => _ranked.Count > 0;

    /// <summary>Undoes editors' rank decisions on claims to which the file gave another rank. Call once the change has its record time.</summary>
    public async Task UndoRankDecisionsAsync(CancellationToken cancel)
    {
        await database.Set<DecisionRow>().Where(d => _ranked.Contains(d.A) && d.Rank != null && d.UndoneAt == null)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.UndoneAt, change.RecordedAt), cancel);
    }

    /// <summary>Stored claims that the rows of a batch may repeat or change.</summary>
    /// <param name="Counting">Claims that count now, by article and external id.</param>
    /// <param name="Withdrawn">Claims that somebody withdrew, by article and external id.</param>
    /// <param name="Amendments">Amendments of earlier imports, by article and external id of the row.</param>
    /// <param name="Keys">Keys of facts that pledges without a key report.</param>
    sealed record Before(
        Dictionary<(long Article, string ExternalId), ClaimRow> Counting, Dictionary<(long Article, string ExternalId), ClaimRow> Withdrawn,
        ILookup<(long Article, string ExternalId), ClaimRow> Amendments, Dictionary<long, string> Keys);

    async Task<Before> StoredAsync(ResolvedBatch batch, CancellationToken cancel)
    {
        var counting = await current.ReadAsync(batch, cancel);
        return new(counting, await current.ReadWithdrawnAsync(batch, counting, cancel),
            await current.ReadAmendmentsAsync(options.IsFile ? counting.Values : [], cancel),
            options.Changed == ChangedPolicy.Amend
                ? await CommitmentKeys.ReadAsync(database, [.. counting.Values.Where(c => c.Kind == "pledge")], cancel) : []);
    }

    /// <summary>Counts claims as created, updated or unchanged.</summary>
    /// <returns>The claims to write, each with the edition that it supersedes; null for a new claim.</returns>
    List<(ParsedRow Sent, ArticleRow Article, ClaimRow Claim, ClaimRow? Old)> Compare(StoredBatch batch, Before before)
    {
        var writes = new List<(ParsedRow, ArticleRow, ClaimRow, ClaimRow?)>();
        var numbers = new NumberChanges(options, before.Keys, clock.Today);
        foreach (var (sent, article, claim) in batch.Resolved.Claims.ToList())
        {
            var old = before.Counting.GetValueOrDefault((article.Id, claim.ExternalId));
            if (old is null)
            {
                var withdrawn = before.Withdrawn.GetValueOrDefault((article.Id, claim.ExternalId));
                if (options.IsFile && withdrawn is not null && IsUnchangedInFile(claim, withdrawn, givesRank: false))
                {
                    batch.Unchanged++;
                    continue;
                }
                batch.Created++;
                claim.FileContent = options.IsFile ? claim.Content : withdrawn?.FileContent;
                if (options.IsFile && withdrawn is not null) WarnOfWithdrawn(sent, claim, withdrawn, batch.Resolved.Errors);
                writes.Add((sent, article, claim, null));
                continue;
            }
            var changes = options is { IsFile: true, Mode: WriteMode.Upsert }
                ? numbers.Of(sent, article, claim, old, [.. before.Amendments[(article.Id, claim.ExternalId)]], batch.Resolved.Errors) : null;
            if (changes is [] || changes is null && (options.Mode == WriteMode.Ignore || IsRepeated(sent, claim, old)))
            {
                batch.Unchanged++;
                batch.Ids.Add(old.Id);
                if (options.Missing != MissingPolicy.Keep) batch.UnchangedIds.Add(old.Id);
            }
            else if (options.Mode == WriteMode.Insert)
                batch.Resolved.Errors.Refuse(sent, BatchErrors.At(sent, "external_id", Problems.Conflict.Code, "is stored already with other content",
                    claim.ExternalId));
            else
            {
                batch.Updated++;
                if (changes is null)
                {
                    claim.FileContent = options.IsFile ? claim.Content : old.FileContent;
                    if (options.IsFile) WarnOfCorrection(batch, sent, claim, old);
                }
                // A pledge that only gets an amendment is held by the file like one that is repeated.
                else if (changes.All(c => c.Old != old) && options.Missing != MissingPolicy.Keep) batch.UnchangedIds.Add(old.Id);
                writes.AddRange((changes ?? [(claim, old)]).Select(c => (sent, article, c.Claim, c.Old)));
            }
        }

        return writes;
    }

    /// <summary>True if the row repeats the stored claim, or the row of an earlier file before somebody corrected the claim.</summary>
    bool IsRepeated(ParsedRow sent, ClaimRow claim, ClaimRow old)
    {
        var givesRank = sent.Claim!.Rank is not null;
        return claim.Repeats(old, givesRank) || options.IsFile && IsUnchangedInFile(claim, old, givesRank);
    }

    // A row that gives another rank than the last file is changed.
    static bool IsUnchangedInFile(ClaimRow claim, ClaimRow stored, bool givesRank) =>
        claim.Content == stored.FileContent || !givesRank && claim.HasContent(stored.FileContent);

    static void WarnOfWithdrawn(ParsedRow sent, ClaimRow claim, ClaimRow withdrawn, BatchErrors errors)
    {
        var (column, text) = withdrawn.Differences(claim);
        errors.Warn(BatchErrors.At(sent, column, Problems.Conflict.Code,
            $"is new in a row whose claim somebody withdrew, so the claim counts again{(text.Length > 0 ? ": " + text : "")}", claim.ExternalId));
    }

    /// <summary>Counts a corrected number, and warns if the row replaces a correction that somebody made since the last file.</summary>
    void WarnOfCorrection(StoredBatch batch, ParsedRow sent, ClaimRow claim, ClaimRow old)
    {
        if (claim.Kind == "pledge" && !claim.HasNumberOf(old)) batch.NumbersCorrected++;
        if (options.Changed == ChangedPolicy.Amend && !claim.HasNumberOf(old))
            batch.Resolved.Errors.Warn(BatchErrors.At(sent, old.QuantityLow != claim.QuantityLow ? "quantity_low" : "quantity_high", Problems.Conflict.Code,
                $"of a {claim.Kind} cannot be amended here, so our record is corrected: {old.Differences(claim).Text}", WireValue.Format(claim.QuantityLow)));
        if (!old.IsCorrected()) return;
        var (column, text) = old.Differences(claim);
        batch.Resolved.Errors.Warn(BatchErrors.At(sent, column, Problems.Conflict.Code,
            $"replaces a correction that somebody made since the last file: {text}", claim.ExternalId));
    }
}
