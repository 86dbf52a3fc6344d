using Facts.Api.Catalogue;
using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Merges;

/// <summary>
/// Merges a party or item into another, and undoes it. Claims, names and groups follow. One merge is one write: it locks both entries, the articles of all
/// claims concerned and the item tree, so all writers of claims wait for it. Merges are rare.
/// </summary>
internal sealed class CatalogueMerger(FactsContext database, FactProjector projector, ChangeLog changes)
{
    readonly ClaimCodes _codes = new(database);

    public async Task<IResult> MergeAsync(HttpContext http, MergeKind kind, string code, CancellationToken cancel)
    {
        var isDry = Parameters.From(http).Flag("dry_run") ?? false;
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new MergeRequestValidator());
        return problem ?? await WriteRetry.RunAsync<IResult>(database, async () =>
        {
            database.ChangeTracker.Clear();
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            await CatalogueLocks.EditAsync(database, cancel);
            var catalogue = await CatalogueStore.ReadAsync(database, cancel);
            if (await EntryAsync(kind, code, cancel) is { MergedInto: { } already } known)
                return Problems.Conflict.Because($"{known.Code} was merged into {already} already");
            if (Find(kind, code, catalogue) is not { } from) return NotFound(kind, code);
            if (Find(kind, request!.Into!, catalogue) is not { } into)
                return Problem.From([ProblemError.InBody(kind == MergeKind.Party ? Problems.UnknownParty : Problems.UnknownItem, "/into",
                    $"no {Noun(kind)} has the code, name or alias '{request.Into}'", request.Into,
                    Suggestions.Nearest(request.Into!, kind == MergeKind.Party ? catalogue.PartyNames : catalogue.ItemNames))]);
            if (from == into)
                return Problem.From([ProblemError.InBody(Problems.Circular, "/into", $"'{request.Into}' is {from} itself", request.Into)]);
            if (kind == MergeKind.Item
                && await database.Set<ItemRow>().Where(i => i.Parent == from).Select(i => i.Code).Order().ToListAsync(cancel) is { Count: > 0 } below)
                return Problems.InUse.Because($"{from} stays: there are items below it ({string.Join(", ", below.Take(5))}): give them another parent first");
            var change = await changes.BeginAsync(kind == MergeKind.Party ? ChangeKind.Party : ChangeKind.Item, cancel);
            var merge = new MergeRow
            {
                Kind = EnumWords.ToWord(kind), Code = from, Into = into, DecidedBy = request.DecidedBy, Reason = request.Reason!,
                MergedAt = DateTimeOffset.UnixEpoch,
            };
            await LockAsync(kind, from, into, _codes.ClaimsWith(kind, from).Select(c => c.ArticleId), cancel);
            await MoveNamesAsync(kind, merge, cancel);
            database.Add(merge);
            await database.SaveChangesAsync(cancel);
            var pairs = await _codes.ReplaceAsync(merge, kind, await CatalogueStore.TreeAsync(database, cancel), cancel);
            await RecomputeAsync(change, pairs, cancel);
            change.AddResource(Table(kind), from, "merged");
            change.AddResource(Table(kind), into, "changed");
            await changes.AppendAsync(change, cancel);
            merge.MergedAt = change.RecordedAt;
            await database.SaveChangesAsync(cancel);
            var response = MergeResponse.From(merge, change, isDry);
            if (isDry) return Results.Json(response, Json.Options);
            await transaction.CommitAsync(cancel);
            http.Response.Headers.Location = $"/v1/{Table(kind)}/{from}/merge";
            http.Response.Headers.ETag = Conditional.ItemTag(Version(merge));
            return Results.Json(response, Json.Options, statusCode: StatusCodes.Status201Created);
        }, cancel);
    }

    /// <summary>The last merge of an entry, in force or undone.</summary>
    public async Task<IResult> GetAsync(HttpContext http, MergeKind kind, string code, CancellationToken cancel) =>
        await LastAsync(kind, code, cancel) is { } merge ? Conditional.Item(http, Version(merge), MergeResponse.From(merge, null))
            : Problems.NotFound.Because($"the {Noun(kind)} '{code}' was never merged");

    public Task<IResult> UndoAsync(HttpContext http, MergeKind kind, string code, CancellationToken cancel) =>
        WriteRetry.RunAsync<IResult>(database, async () =>
        {
            database.ChangeTracker.Clear();
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            await CatalogueLocks.EditAsync(database, cancel);
            if (await LastAsync(kind, code, cancel) is not { } merge) return Problems.NotFound.Because($"the {Noun(kind)} '{code}' was never merged");
            if (Conditional.MayChange(http, Version(merge)) is { } problem) return problem;
            if (merge.UndoneAt is not null) return Answer(merge, null);
            if (await LaterAsync(kind, merge, cancel) is { } later)
                return Problems.Conflict.Because($"{later.Code} was merged into {later.Into} later: undo that first");
            var change = await changes.BeginAsync(kind == MergeKind.Party ? ChangeKind.Party : ChangeKind.Item, cancel);
            var claims = from m in database.Set<MergedClaimRow>()
                         where m.MergeId == merge.Id
                         join claim in database.Set<ClaimRow>() on m.ClaimId equals claim.Id
                         select claim.ArticleId;
            await LockAsync(kind, merge.Code, merge.Into, claims, cancel);
            if (await ReturnNamesAsync(kind, merge, cancel) is { } nameProblem) return nameProblem;
            var pairs = await _codes.RestoreAsync(merge, await CatalogueStore.TreeAsync(database, cancel), cancel);
            await RecomputeAsync(change, pairs, cancel);
            change.AddResource(Table(kind), merge.Code, "restored");
            change.AddResource(Table(kind), merge.Into, "changed");
            await changes.AppendAsync(change, cancel);
            merge.UndoneAt = change.RecordedAt;
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return Answer(merge, change);

            IResult Answer(MergeRow undone, ChangeRecord? by)
            {
                http.Response.Headers.ETag = Conditional.ItemTag(Version(undone));
                return Results.Json(MergeResponse.From(undone, by), Json.Options);
            }
        }, cancel);

    /// <summary>
    /// Takes the locks of a merge in the order of <c>Database/Locks/README.md</c>: no bulk import runs, no other writer names the entries, changes a claim of
    /// the articles, or computes facts.
    /// </summary>
    async Task LockAsync(MergeKind kind, string from, string into, IQueryable<long> articles, CancellationToken cancel)
    {
        await BulkImportLock.ExcludeAsync(database, cancel);
        string[] codes = [from, into];
        await using (var locking = await database.CommandAsync(
            $"select from {Table(kind)} where code = any (@codes) order by code for update", cancel, new Npgsql.NpgsqlParameter("codes", codes)))
            await locking.ExecuteNonQueryAsync(cancel);
        await ArticleLocks.LockForImportAsync(database, await articles.Distinct().ToArrayAsync(cancel), cancel);
        await CatalogueLocks.LockTreeAsync(database, cancel);
    }

    /// <summary>Gives the names of the merged entry to the other one, and its place in groups.</summary>
    async Task MoveNamesAsync(MergeKind kind, MergeRow merge, CancellationToken cancel)
    {
        var (from, into) = ((await EntryAsync(kind, merge.Code, cancel))!, (await EntryAsync(kind, merge.Into, cancel))!);
        var own = NamesOf(into).Select(CatalogueIndex.Key).ToHashSet(StringComparer.Ordinal);
        merge.Aliases = [.. NamesOf(from).Where(name => own.Add(CatalogueIndex.Key(name)))];
        into.Aliases = [.. into.Aliases, .. merge.Aliases];
        into.Version++;
        from.MergedInto = into.Code;
        from.Version++;
        if (from is ItemRow item) (merge.Parent, item.Parent) = (item.Parent, null);
        if (kind == MergeKind.Party)
            foreach (var group in await database.Set<PartyRow>().Where(p => p.Members.Contains(merge.Code)).ToListAsync(cancel))
            {
                if (!group.Members.Contains(merge.Into) && group.Code != merge.Into) merge.Groups.Add(group.Code);
                group.Members = [.. group.Members.Select(m => m == merge.Code ? merge.Into : m).Where(m => m != group.Code).Distinct()];
                group.Version++;
            }
        await StoreNamesAsync(kind, from, into, cancel);
    }

    /// <summary>Gives an entry its names back. The problem of a name that another entry has meanwhile; null if there is none.</summary>
    async Task<Problem?> ReturnNamesAsync(MergeKind kind, MergeRow merge, CancellationToken cancel)
    {
        var (from, into) = ((await EntryAsync(kind, merge.Code, cancel))!, (await EntryAsync(kind, merge.Into, cancel))!);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var returned = merge.Aliases.Select(CatalogueIndex.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var name in NamesOf(from).Where(name => returned.Contains(CatalogueIndex.Key(name))))
            if (Find(kind, name, catalogue) is { } owner && owner != into.Code)
                return Problems.Conflict.Because($"'{name}' is a code, name or alias of {owner} now: take it away there first");
        into.Aliases = [.. into.Aliases.Where(alias => !returned.Contains(CatalogueIndex.Key(alias)))];
        into.Version++;
        from.MergedInto = null;
        from.Version++;
        if (from is ItemRow item && merge.Parent is { } parent && await EntryAsync(kind, parent, cancel) is { MergedInto: null, IsRemoved: false })
            item.Parent = parent;
        foreach (var group in await database.Set<PartyRow>().Where(p => merge.Groups.Contains(p.Code) && p.Members.Contains(merge.Into)).ToListAsync(cancel))
        {
            group.Members = [.. group.Members.Select(m => m == merge.Into ? merge.Code : m)];
            group.Version++;
        }
        // A name that was common to both belongs to the one that stayed, unless it lacks it now.
        var kept = NamesOf(into).Select(CatalogueIndex.Key).ToHashSet(StringComparer.Ordinal);
        from.Aliases = [.. from.Aliases.Where(alias => !kept.Contains(CatalogueIndex.Key(alias)))];
        await StoreNamesAsync(kind, from, into, cancel);
        return null;
    }

    async Task StoreNamesAsync(MergeKind kind, ICatalogueRow from, ICatalogueRow into, CancellationToken cancel)
    {
        await database.SaveChangesAsync(cancel);
        var table = Noun(kind) + "_names";
        var (first, second) = from.MergedInto is null ? (into, from) : (from, into);
        await CatalogueStore.ReplaceNamesAsync(database, table, first.Code, first.MergedInto is null ? NamesOf(first) : [], cancel);
        await CatalogueStore.ReplaceNamesAsync(database, table, second.Code, NamesOf(second), cancel);
    }

    /// <summary>Recomputes the facts of the partitions that claims left and entered, which are linked from now on.</summary>
    async Task RecomputeAsync(ChangeRecord change, List<(ClaimRow Before, ClaimRow After)> pairs, CancellationToken cancel)
    {
        if (pairs.Count == 0) return;
        var items = await CatalogueStore.TreeAsync(database, cancel);
        var (partitions, missing, keys) = (new Dictionary<string, PartitionKey>(StringComparer.Ordinal), new List<MissingPartitionLink>(), KeySet.Empty);
        foreach (var (before, after) in pairs)
        {
            partitions.TryAdd(before.Partition, new(before.Partition, null, null));
            var concern = ClaimCodes.PartitionOf(after, items) is var computed && computed.Name == after.Partition ? computed
                : PartitionKey.Stored(after.Partition, after.Recipient, after.Unit);
            partitions[concern.Name] = concern;
            if (before.Partition != after.Partition) missing.Add(new(before.Partition, concern));
            ClaimRows.AddKeys(before, keys);
            ClaimRows.AddKeys(after, keys);
        }
        await Partitions.LinkAsync(database, [.. missing.DistinctBy(m => (m.Home, m.Concern.Name))], cancel);
        await RoundTrip.SendAsync(database, trip => Partitions.Link(trip, keys), cancel);
        await projector.RefreshAsync(change, await projector.LockAsync(new WriteSet([.. partitions.Values], keys), cancel), cancel);
    }

    /// <summary>A later merge that must be undone first: it has changed claims of this merge, or merged the entry that stayed.</summary>
    Task<MergeRow?> LaterAsync(MergeKind kind, MergeRow merge, CancellationToken cancel)
    {
        var word = EnumWords.ToWord(kind);
        return database.Set<MergeRow>().AsNoTracking()
            .Where(m => m.Id > merge.Id && m.UndoneAt == null && (m.Kind == word && m.Code == merge.Into
                || database.Set<MergedClaimRow>().Any(c => c.MergeId == m.Id
                    && database.Set<MergedClaimRow>().Any(own => own.MergeId == merge.Id && own.ClaimId == c.ClaimId))))
            .OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancel);
    }

    async Task<MergeRow?> LastAsync(MergeKind kind, string code, CancellationToken cancel)
    {
        var word = EnumWords.ToWord(kind);
        var merges = await database.Set<MergeRow>().Where(m => m.Kind == word).OrderByDescending(m => m.Id).ToListAsync(cancel);
        return merges.Find(m => m.Code.Equals(code, StringComparison.OrdinalIgnoreCase));
    }

    async Task<ICatalogueRow?> EntryAsync(MergeKind kind, string code, CancellationToken cancel) => kind == MergeKind.Party
        ? await database.Set<PartyRow>().SingleOrDefaultAsync(p => p.Code == code, cancel)
        : await database.Set<ItemRow>().SingleOrDefaultAsync(i => i.Code == code, cancel);

    static string? Find(MergeKind kind, string name, CatalogueIndex catalogue) => kind == MergeKind.Party ? catalogue.Party(name) : catalogue.Item(name)?.Code;

    static IEnumerable<string> NamesOf(ICatalogueRow row) => [row.Code, row.Name, .. row.Aliases];

    static string Noun(MergeKind kind) => kind == MergeKind.Party ? "party" : "item";

    static string Table(MergeKind kind) => kind == MergeKind.Party ? "parties" : "items";

    static Problem NotFound(MergeKind kind, string code) => Problems.NotFound.Because($"there is no {Noun(kind)} '{code}'");

    /// <summary>Version of a merge for its ETag. A merge changes at most once: when it is undone.</summary>
    static long Version(MergeRow merge) => merge.UndoneAt is null ? 1 : 2;
}
