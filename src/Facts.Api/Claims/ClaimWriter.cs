using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>What becomes of a claim whose article and external id are stored already.</summary>
internal enum WriteMode { Upsert, Insert, Ignore }

/// <summary>How a load is to be carried out.</summary>
/// <param name="SkipRefused">Write the right ones where some are refused; else nothing is written.</param>
/// <param name="DryRun">Do everything and then take it back.</param>
/// <param name="CreateMissing">Make parties and items that are not known yet.</param>
internal sealed record WriteOptions(WriteMode Mode = WriteMode.Upsert, bool SkipRefused = false, bool DryRun = false, bool CreateMissing = false)
{
    /// <summary>Name rows without an external id by what they say; else each is a new claim.</summary>
    public bool NameByContent { get; init; }
}

/// <summary>A claim as sent, with the line it stood on and what was wrong with it as a text; a row of a file may be nothing but errors.</summary>
internal sealed record NumberedClaim(int Row, ClaimRequest? Claim, IReadOnlyList<ProblemError> Errors)
{
    /// <summary>The row as it stood in its file; empty outside of one.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }
}

/// <summary>What a load did. Errors and warnings name rows.</summary>
internal sealed record Written(int Created, int Updated, int Unchanged, int Failed, IReadOnlyList<ProblemError> Errors, IReadOnlyList<ProblemError> Warnings, IReadOnlyList<long> Ids);

/// <summary>The one way claims come into the store, for one and for many: all at once, in one transaction with what they amount to.</summary>
internal sealed class ClaimWriter(FactsContext database, Ledger.Ledger ledger)
{
    static readonly ClaimRequestValidator Validator = new();

    public async Task<Written> WriteAsync(IReadOnlyList<NumberedClaim> rows, WriteOptions options, CancellationToken cancel)
    {
        var load = new Load(rows, options.NameByContent);
        load.Validate(Validator);

        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var now = await ledger.BeginAsync(cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var names = new NewNames(catalogue, options.CreateMissing);
        var articles = await ArticleStore.FindAsync(database, [.. load.Sound.Select(r => Load.NameOf(r.Claim!))], cancel);
        foreach (var row in load.Readable) load.Resolve(row, names, articles);
        load.RefuseCircles(await StoredPartsAsync(load, cancel));
        if (load.Errors.Count > 0 && !options.SkipRefused) return load.Report();

        await names.StoreAsync(database, cancel);
        var named = load.Resolved.Select(r => r.Article).ToHashSet();
        await ArticleStore.AddAsync(database, [.. articles.New.Where(named.Contains)], now, cancel);
        var touched = await StoreAsync(load, options.Mode, now, cancel);
        if (load.Errors.Count > 0 && !options.SkipRefused) return load.Report() with { Created = 0, Updated = 0, Unchanged = 0 };

        await ledger.RefreshAsync(touched, catalogue.Tree, cancel);
        if (!options.DryRun && (load.Changed || names.Any)) await transaction.CommitAsync(cancel);
        return load.Report();
    }

    async Task<List<(string, string)>> StoredPartsAsync(Load load, CancellationToken cancel)
    {
        if (!load.Resolved.Any(r => r.Row.PartOf is not null)) return [];
        var parts = await database.Set<ClaimRow>().Where(c => c.Commitment != null && c.PartOf != null && c.SupersededAt == null)
            .Select(c => new { c.Commitment, c.PartOf }).Distinct().ToListAsync(cancel);
        return [.. parts.Select(p => (p.Commitment!, p.PartOf!))];
    }

    async Task<HashSet<string>> StoreAsync(Load load, WriteMode mode, DateTimeOffset now, CancellationToken cancel)
    {
        var stored = await StoredAsync(load, cancel);
        var added = load.Sort(stored, mode);
        var ids = await ReserveAsync(added.Count, cancel);
        var ties = new HashSet<(string Scope, string Key)>();
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var superseded = new List<(long Old, long New)>();
        foreach (var ((claim, article, before), id) in added.Zip(ids))
        {
            claim.Id = id;
            claim.Root = before?.Root ?? id;
            claim.RecordedAt = now;
            claim.ArticleId = article.Id;
            if (before is not null) superseded.Add((before.Id, id));
            if (before is not null) touched.Add(before.Scope);
            touched.Add(claim.Scope);
            foreach (var key in ClaimRows.Keys(claim)) ties.Add((claim.Scope, key));
            load.Ids.Add(id);
        }

        await SupersedeAsync(superseded, now, cancel);
        await database.CopyInAsync([.. added.Select(a => a.Claim)], cancel);
        await ledger.TieAsync(ties, cancel);
        return touched;
    }

    async Task<Dictionary<(long Article, string ExternalId), ClaimRow>> StoredAsync(Load load, CancellationToken cancel)
    {
        var articles = load.Resolved.Select(r => r.Article.Id).Distinct().ToArray();
        var externalIds = load.Resolved.Select(r => r.Row.ExternalId).Distinct().ToArray();
        var found = await database.Set<ClaimRow>().AsNoTracking()
            .Where(c => c.SupersededAt == null && articles.Contains(c.ArticleId) && externalIds.Contains(c.ExternalId))
            .ToListAsync(cancel);
        return found.ToDictionary(c => (c.ArticleId, c.ExternalId));
    }

    async Task<List<long>> ReserveAsync(int count, CancellationToken cancel) =>
        await database.Database.SqlQuery<long>($"select nextval('claims_id_seq') as \"Value\" from generate_series(1, {count})").ToListAsync(cancel);

    async Task SupersedeAsync(List<(long Old, long New)> pairs, DateTimeOffset now, CancellationToken cancel) =>
        await database.Database.ExecuteSqlAsync(
            $"""
            update claims
            set superseded_at = {now}, superseded_by = pair.new
            from unnest({pairs.Select(p => p.Old).ToArray()}, {pairs.Select(p => p.New).ToArray()}) as pair (old, new)
            where id = pair.old
            """, cancel);

    /// <summary>Gives the claim another rank by a new edition of it.</summary>
    /// <returns>The new edition's number; 0 where another change came first.</returns>
    public async Task<long> RankAsync(ClaimRow claim, string rank, CancellationToken cancel)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var now = await ledger.BeginAsync(cancel);
        var (old, id) = (claim.Id, (await ReserveAsync(1, cancel))[0]);
        if (await EndAsync(old, id, now, cancel) == 0) return 0;
        (claim.Id, claim.Rank, claim.RecordedAt) = (id, rank, now);
        await database.CopyInAsync([claim], cancel);
        await RefreshAsync(claim.Scope, cancel);
        await transaction.CommitAsync(cancel);
        return id;
    }

    /// <summary>Ends the claim without another in its place.</summary>
    /// <returns>Its number; 0 where another change came first.</returns>
    public async Task<long> WithdrawAsync(ClaimRow claim, CancellationToken cancel)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(cancel);
        var now = await ledger.BeginAsync(cancel);
        if (await EndAsync(claim.Id, null, now, cancel) == 0) return 0;
        await RefreshAsync(claim.Scope, cancel);
        await transaction.CommitAsync(cancel);
        return claim.Id;
    }

    Task<int> EndAsync(long id, long? by, DateTimeOffset now, CancellationToken cancel) =>
        database.Set<ClaimRow>().Where(c => c.Id == id && c.SupersededAt == null)
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.SupersededAt, now).SetProperty(x => x.SupersededBy, by), cancel);

    async Task RefreshAsync(string scope, CancellationToken cancel) =>
        await ledger.RefreshAsync([scope], (await CatalogueStore.ReadAsync(database, cancel)).Tree, cancel);
}
