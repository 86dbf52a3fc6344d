using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>
/// Claims on their way into the store, a chunk at a time, within one transaction with all that they amount to. Nothing is there for others, and no other writer
/// waits for its place among the changes, until <see cref="FinishAsync"/>.
/// </summary>
/// <param name="database">Its transaction is open.</param>
/// <param name="projector">Keeps what the claims amount to.</param>
/// <param name="clock">For what is shown, not for the order of changes.</param>
/// <param name="options">How to go about it.</param>
/// <param name="change">What the claims are recorded in.</param>
/// <param name="catalogue">As it is, and as the load adds to it.</param>
/// <param name="extent">How much there is to come.</param>
internal sealed partial class ClaimImport(
    FactsContext database, FactProjector projector, TimeProvider clock, WriteOptions options, ChangeRecord change, CatalogueIndex catalogue, ImportExtent extent)
{
    static readonly ClaimRequestValidator Validator = new();

    readonly NameResolver _names = new(catalogue, options.CreateMissing);
    readonly Dictionary<string, PartitionKey> _partitions = new(StringComparer.Ordinal);
    readonly KeySet _keys = KeySet.Empty;
    readonly DuplicateRows _rows = new();
    readonly HashSet<long> _brought = [], _ranked = [];
    readonly HashSet<string> _usedParties = new(StringComparer.Ordinal), _usedItems = new(StringComparer.Ordinal);
    bool _hasDropped;
    HashSet<string> _held = [];
    List<((string? Article, string ExternalId) Name, string Part, string Whole)>? _parts;
    WriteResult _sum = WriteResult.Nothing;

    /// <summary>Whether a row was refused and the whole load with it: what follows is only checked.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Checks the rows of a chunk, each for itself. Touches nothing of the load, so that the next chunk can be checked while one is stored.</summary>
    public ClaimBatch Check(IReadOnlyList<ParsedRow> rows)
    {
        var load = new ClaimBatch(rows, options, _rows, clock.Today);
        load.Validate(Validator);
        return load;
    }

    /// <summary>Stores what is new of a chunk.</summary>
    /// <returns>What became of its rows.</returns>
    public async Task<WriteResult> AddAsync(ClaimBatch load, CancellationToken cancel)
    {
        var articles = await ArticleStore.FindAsync(database, [.. load.Sound.Select(r => ClaimBatch.NameOf(r.Claim!))], cancel);
        foreach (var row in load.Readable) load.Resolve(row, _names, articles);
        await RefuseCirclesAsync(load, cancel);
        if (!IsDoomed(load))
        {
            var named = load.Resolved.Select(r => r.Article).ToHashSet();
            var brought = articles.New.Where(named.Contains).ToList();
            await StoreNamesAsync(brought, cancel);
            await UseNamesAsync(load, cancel);
            _brought.UnionWith(brought.Select(a => a.Id));
            await TakeTurnsAsync([.. named.Select(a => a.Id).Where(id => !_brought.Contains(id))], cancel);
            await StoreAsync(load, cancel);
            await WarnOfEarlyAsync(load, cancel);
        }
        // All that is wrong is told at once, what is stored already too.
        else if (options.Mode == WriteMode.Insert) load.Sort(await StoredAsync(load, cancel), options.Mode);
        foreach (var (article, day) in load.Editions.Where(e => e.Key.Id > 0)) _editions[article.Id] = day ?? _editions.GetValueOrDefault(article.Id);
        _unchanged.UnionWith(load.Held);
        var written = IsDoomed(load) ? load.Report() with { Created = 0, Updated = 0, Unchanged = 0 } : load.Report();
        _sum = IsRefused ? WriteResult.Nothing with { Failed = _sum.Failed + written.Failed } : _sum.Plus(written);
        return written;
    }

    /// <summary>Computes what the claims amount to and ends the change.</summary>
    /// <returns>Whether there is anything to commit.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancel)
    {
        _rows.Clear();
        // What the rows took is given back before what they amount to takes as much again.
        if (extent == ImportExtent.Long) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        if (IsRefused || _sum.Created + _sum.Updated == 0 && !_names.Any && !_hasDropped) return false;
        if (extent != ImportExtent.Claims) _held = await projector.LockAsync(new WriteSet([.. _partitions.Values], _keys), cancel);
        await Partitions.LinkAsync(database, _keys, cancel);
        if (_held.Count > 0) await projector.RefreshAsync(change, await Partitions.ConnectedAsync(database, _held, cancel), cancel);
        await projector.EndAsync(change, cancel);
        // Whoever gives another rank in a file has decided anew.
        if (_ranked.Count > 0)
            await database.Set<DecisionRow>().Where(d => _ranked.Contains(d.A) && d.Rank != null && d.UndoneAt == null)
                .ExecuteUpdateAsync(d => d.SetProperty(x => x.UndoneAt, change.RecordedAt), cancel);
        return true;
    }

    // In a whole or not at all: one refused row is enough.
    bool IsDoomed(ClaimBatch load) => IsRefused |= load.Errors.Count > 0 && !options.SkipRefused;

    async Task StoreNamesAsync(List<ArticleRow> articles, CancellationToken cancel)
    {
        if (articles.Count == 0 && !_names.IsAnyNew) return;
        if (extent == ImportExtent.Long) await StoreAsync();
        else await BulkImportLock.NameAsync(database, StoreAsync, cancel);

        async Task StoreAsync()
        {
            await _names.StoreAsync(database, change, cancel);
            await ArticleStore.AddAsync(database, articles, clock.GetUtcNow(), cancel);
        }
    }

    // Somebody may have deleted one since the load began: it begins anew then, and says that there is no such party or item.
    async Task UseNamesAsync(ClaimBatch load, CancellationToken cancel)
    {
        var rows = load.Resolved.Select(r => r.Row).ToList();
        var parties = rows.SelectMany(r => r.Recipient is { } recipient ? r.Donors.Append(recipient) : r.Donors).Distinct().Where(_usedParties.Add).ToArray();
        var items = rows.SelectMany(r => r.Items).Distinct().Where(_usedItems.Add).ToArray();
        if (parties.Length + items.Length > 0 && !await CatalogueLocks.LockUsedAsync(database, parties, items, cancel)) throw new WriteConflictException();
    }

    Task TakeTurnsAsync(long[] articles, CancellationToken cancel) => extent == ImportExtent.Long
        ? ArticleLocks.LockForImportAsync(database, articles, cancel)
        : ArticleLocks.LockAsync(database, articles, alone: extent == ImportExtent.Edition, cancel);

    async Task RefuseCirclesAsync(ClaimBatch load, CancellationToken cancel)
    {
        var added = load.Resolved.Where(r => r.Row.PartOf is not null).ToList();
        if (_parts is null && added.Count == 0) return;
        // Of the claims that count: see DESIGN §5.
        _parts ??= [.. (await (
            from claim in database.Set<ClaimRow>()
            join article in database.Set<ArticleRow>() on claim.ArticleId equals article.Id
            where claim.PartOf != null && claim.Commitment != null && claim.SupersededIn == null && claim.Rank != "deprecated" && article.RetractedAt == null
            select new { Article = article.ExternalId ?? article.Url, claim.ExternalId, claim.Commitment, claim.PartOf }).ToListAsync(cancel))
            .Select(p => ((p.Article, p.ExternalId), p.Commitment!, p.PartOf!))];
        // What a row takes the place of counts no more.
        var replaced = load.Resolved.Select(NameOf).ToHashSet();
        _parts.RemoveAll(p => replaced.Contains(p.Name));
        load.RefuseCircles(_parts.Select(p => (p.Part, p.Whole)));
        _parts.AddRange(added.Where(r => r.Row.Commitment is not null).Select(r => (NameOf(r), r.Row.Commitment!, r.Row.PartOf!)));

        static (string?, string) NameOf(ResolvedClaim claim) => (claim.Article.ExternalId ?? claim.Article.Url, claim.Row.ExternalId);
    }

    async Task StoreAsync(ClaimBatch load, CancellationToken cancel)
    {
        if (extent == ImportExtent.Claims)
        {
            foreach (var claim in load.Resolved) Touch(claim.Row);
            foreach (var claim in (await StoredAsync(load, cancel)).Values) Touch(claim);
            _held = await projector.LockAsync(new WriteSet([.. _partitions.Values], _keys), cancel);
        }
        var stored = await StoredAsync(load, cancel);
        if (extent == ImportExtent.Claims && stored.Values.Any(c => !_held.Contains(c.Partition))) throw new WriteConflictException();
        var added = load.Sort(stored, options.Mode);
        if (IsDoomed(load)) return;
        var superseded = new List<(long Old, long New)>();
        var moved = new List<(string Partition, string Key)>();
        foreach (var ((claim, article, before), id) in added.Zip(await ClaimStore.ReserveAsync(database, added.Count, cancel)))
        {
            (claim.Id, claim.FirstEditionId, claim.RecordedIn, claim.ArticleId) = (id, before?.FirstEditionId ?? id, change.Id, article.Id);
            Touch(claim);
            change.RecordClaim(id);
            load.Ids.Add(id);
            if (before is null) continue;
            Touch(before);
            superseded.Add((before.Id, id));
            if (claim.Rank != before.Rank) _ranked.Add(claim.FirstEditionId);
            if (before.Partition != claim.Partition) moved.AddRange([(before.Partition, $"k:edition:{claim.FirstEditionId}"), (claim.Partition, $"k:root:{claim.FirstEditionId}")]);
        }
        await ClaimVersions.SupersedeAsync(database, change, superseded, cancel);
        // How the database checks that an article is there was decided when there were few of them: it would go through all, for every row. And it compiles what
        // it takes for long queries, for each parcel anew, which is a third of its work.
        if (extent == ImportExtent.Long) await database.Database.ExecuteSqlAsync($"set local jit = off; discard plans", cancel);
        await database.CopyInAsync([.. added.Select(a => a.Claim)], cancel);
        // What an editor decided of the first edition goes for this one too, wherever it counts now.
        await Partitions.LinkAsync(database, moved, cancel);
    }

    /// <summary>Reality has deliveries before their commitment, and so have mistaken dates and keys.</summary>
    async Task WarnOfEarlyAsync(ClaimBatch load, CancellationToken cancel)
    {
        var keys = load.Resolved.Where(r => r.Row.Kind is "pledge" or "delivery").Select(r => r.Row.Commitment).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (keys.Length == 0) return;
        await using var command = await database.CommandAsync(Sql.Text("Claims", "delivered_before_pledged"), cancel, new Npgsql.NpgsqlParameter("keys", keys));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var early = new Dictionary<string, (DateOnly, DateOnly)>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel)) early.Add(reader.GetString(0), (reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2)));
        if (early.Count > 0) load.WarnOfEarly(early);
    }

    void Touch(ClaimRow claim)
    {
        if (!_partitions.ContainsKey(claim.Partition)) _partitions[claim.Partition] = PartitionKey.Stored(claim.Partition, claim.Recipient, claim.Unit);
        ClaimRows.AddKeys(claim, _keys);
    }

    async Task<Dictionary<(long Article, string ExternalId), ClaimRow>> StoredAsync(ClaimBatch load, CancellationToken cancel)
    {
        // Of an article that the load brings nothing can be stored but what the load itself says, and each name stands in it once.
        var wanted = load.Resolved.Where(r => !_brought.Contains(r.Article.Id)).Select(r => (Article: r.Article.Id, r.Row.ExternalId)).Distinct().ToList();
        if (wanted.Count == 0) return [];
        var (articles, names) = (wanted.Select(w => w.Article).ToArray(), wanted.Select(w => w.ExternalId).ToArray());
        var found = await database.Set<ClaimRow>().FromSql(
            $"""
            select c.*
            from unnest({articles}, {names}) as wanted (article_id, external_id)
            cross join lateral (
                select * from claims where article_id = wanted.article_id and external_id = wanted.external_id and superseded_in is null offset 0
            ) c
            """).AsNoTracking().ToListAsync(cancel);
        return found.ToDictionary(c => (c.ArticleId, c.ExternalId));
    }
}
