using System.Linq.Expressions;
using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.FactLists;

/// <summary>
/// Answers the lists of requests, commitments and deliveries, and each fact alone. Stored projections answer for today and later days;
/// for earlier days and for <c>known_at</c>, the facts are computed from the claims.
/// </summary>
internal sealed class FactListAnswers(
    FactsContext database, ReadSource source, IStoreReader reader, CatalogueCache catalogues, Computation computation, TimeProvider clock)
{
    /// <summary>The facts that the lists of one request compute. A page asks several lists about the same ones.</summary>
    readonly Dictionary<string, FactRows> _computed = [];

    /// <summary>Facts as they stand on a day.</summary>
    /// <param name="Day">The day at whose end they stand so.</param>
    /// <param name="Rows">Stored or computed rows.</param>
    /// <param name="ComputedLinks">The links of computed rows; null where rows and links are stored.</param>
    sealed record FactsOnDay<TRow>(DateOnly Day, IQueryable<TRow> Rows, IReadOnlyList<LinkRow>? ComputedLinks);

    /// <summary>Answers a list of facts.</summary>
    /// <param name="http">The request.</param>
    /// <param name="schema">The schema of the list.</param>
    /// <param name="selectRows">The facts of its kind.</param>
    /// <param name="cancel">Ends the query.</param>
    /// <param name="selection">The way in which claims become facts; null for the usual one.</param>
    /// <param name="narrow">Leaves out rows that no filter of the list can; null for none.</param>
    public Task<IResult> AnswerAsync<TRow>(HttpContext http, ListSchema<TRow> schema, Func<FactRows, List<TRow>> selectRows, CancellationToken cancel,
        FactSelection? selection = null, Func<IQueryable<TRow>, IQueryable<TRow>>? narrow = null) where TRow : FactRow, new() =>
        schema.AnswerAsync(http, async (request, token) =>
        {
            var names = await NameFilter.ReadAsync(http, request.Parameters, token);
            var asOf = request.AsOf!.Value;
            var knownAt = request.IsKnownAtGiven ? request.KnownAt : null;
            var chosen = selection ?? FactSelection.Usual;
            var scope = CoverageScope.Of<TRow>(names.Recipients);
            var facts = knownAt is null && chosen.IsUsual && await ProjectionCoverage.CoversAsync(database, asOf, scope, token)
                ? Stored<TRow>(asOf)
                : Computed(asOf, await ComputedRowsAsync(http, asOf, knownAt, chosen, names, token), selectRows);
            var rows = narrow is null ? names.Apply(facts.Rows) : narrow(names.Apply(facts.Rows));
            return new ListSource<TRow>(rows)
            {
                Sample = narrow is null && facts.ComputedLinks is null && StoredRows.Sample<TRow>(database, asOf) is { } sample
                    ? percent => names.Apply(sample(percent)) : null,
                Embed = (name, rows, t) => EmbedAsync(facts, name, rows, t),
                Labels = (field, values, t) => catalogues.LabelsAsync(http, field, values, t),
            };
        }, cancel, selection is { IsUsual: false } || narrow is not null ? null : ReadStoredPageAsync);

    async Task<FactRows> ComputedRowsAsync(
        HttpContext http, DateOnly day, DateTimeOffset? knownAt, FactSelection selection, NameFilter names, CancellationToken cancel)
    {
        var key = Key(day, knownAt, selection, names);
        var ofAllUnits = Key(day, knownAt, selection, names with { Units = null });
        if (_computed.TryGetValue(key, out var known) || _computed.TryGetValue(ofAllUnits, out known)) return known;
        await computation.BeginAsync(cancel);
        var items = (await catalogues.ReadAsync(http, cancel)).Tree;
        var resolution = await HistoricalFacts.ResolveAsync(database, selection.Claims(knownAt), selection.Policy, items, names, cancel);
        return _computed[key] = FactRows.From(Balance.States(resolution, selection.On(day)));
    }

    /// <summary>Keeps facts that were computed elsewhere in this request, for its lists of the same parties and items.</summary>
    public void Keep(DateOnly day, DateTimeOffset? knownAt, FactSelection selection, NameFilter names, FactRows rows) =>
        _computed[Key(day, knownAt, selection, names)] = rows;

    static string Key(DateOnly day, DateTimeOffset? knownAt, FactSelection selection, NameFilter names) => JsonSerializer.Serialize(new
    {
        day, knownAt, selection.Attributions, selection.Publishers, selection.MinStage, selection.Links, Policy = selection.Policy.Name, names,
    });

    static FactsOnDay<TRow> Computed<TRow>(DateOnly day, FactRows rows, Func<FactRows, List<TRow>> selectRows) where TRow : FactRow =>
        new(day, selectRows(rows).AsQueryable(), rows.Links);

    /// <summary>
    /// Reads a page of stored rows, with the catalogue as it was read last. Null where the store has another version by now, or where some projection does
    /// not hold for the day.
    /// </summary>
    async Task<(long Version, List<TRow> Rows)?> ReadStoredPageAsync<TRow>(ListRequest<TRow> request, CancellationToken cancel) where TRow : FactRow, new()
    {
        if (request.IsKnownAtGiven || NameFilter.ReadLast(request.Parameters, catalogues) is not { } last) return null;
        var day = request.AsOf!.Value;
        return await PageReader.ReadAsync(source, request, last.Names.Apply(Stored<TRow>(day).Rows).Filtered(request), last.Version,
            batch => ProjectionCoverage.BeginBatch(batch, day, CoverageScope.Of<TRow>(last.Names.Recipients)),
            async (reader, token) =>
            {
                var (version, isCovered) = await ProjectionCoverage.ReadAsync(reader, token);
                return isCovered ? version : null;
            },
            reader => RowReader<TRow>.Of(database, reader).Read, cancel);
    }

    /// <summary>One fact with all its embeds; 308 where another fact took over from it, 404 where none did.</summary>
    public async Task<IResult> GetAsync<TRow>(
        HttpContext http, string id, string noun, ListSchema<TRow> schema, Func<FactRows, List<TRow>> selectRows, CancellationToken cancel)
        where TRow : FactRow, new()
    {
        var parameters = Parameters.From(http);
        if (!ResourceId.TryParse(id, out var number)) return Problems.NotFound.Because($"there is nothing at '/v1/{noun}/{id}'");
        var today = clock.Today.ToString("O");
        if (await Conditional.StillFreshAsync(http, cancel, today) is { } stillFresh) return stillFresh;
        var asOf = parameters.Day("as_of") ?? clock.Today;
        var knownAt = parameters.Instant("known_at");
        if (knownAt is null && !reader.HasSnapshot && await StoredFact<TRow>.ReadAsync(source, database, number, asOf, cancel) is { } stored)
            return Conditional.Fresh(http, stored.Version, today) ?? StoredAnswer(schema, stored, asOf);
        await using var snapshot = await reader.BeginSnapshotAsync(cancel);
        if (await Conditional.FreshAsync(http, cancel, today) is { } notModified) return notModified;
        var facts = knownAt is null && await ProjectionCoverage.CoversAsync<TRow>(database, asOf, number, cancel)
            ? Stored<TRow>(asOf)
            : await ComputeAsync(http, asOf, selectRows,
                items => HistoricalFacts.ResolveAroundClaimAsync(database, number, new ClaimSelection(knownAt), items, cancel), cancel);
        var row = await FirstAsync(facts.Rows.Where(r => r.Id == number), cancel);
        if (row is null)
            return await FindSuccessorAsync(http, facts, number, cancel) is { } successor
                ? Results.Redirect($"/v1/{noun}/{successor.Id}{http.Request.QueryString}", permanent: true, preserveMethod: true)
                : Problems.NotFound.Because($"there is nothing at '/v1/{noun}/{id}'{(parameters.Has("as_of") ? " on that day" : "")}");
        var columns = schema.Fields.ToList();
        foreach (var embed in schema.Embeds) columns.Add(embed.Column(await EmbedAsync(facts, embed.Name, [row], cancel)));
        return ListAnswer.ToJsonResult(columns, row, StatusCodes.Status200OK);
    }

    static IResult StoredAnswer<TRow>(ListSchema<TRow> schema, StoredFact<TRow> stored, DateOnly day) where TRow : FactRow, new()
    {
        var columns = schema.Fields.ToList();
        foreach (var embed in schema.Embeds)
            columns.Add(embed.Column(_ => embed.Name switch
            {
                FactListFields.Links => stored.Links.Select(FactLink.From),
                FactListFields.Evidence => stored.Evidence,
                FactListFields.AsOf => day,
                _ => throw new InvalidOperationException($"No such embed: {embed.Name}"),
            }));
        return ListAnswer.ToJsonResult(columns, stored.Row, StatusCodes.Status200OK);
    }

    FactsOnDay<TRow> Stored<TRow>(DateOnly day) where TRow : FactRow =>
        new(day, StoredRows.On<TRow>(database, day), null);

    async Task<FactsOnDay<TRow>> ComputeAsync<TRow>(
        HttpContext http, DateOnly day, Func<FactRows, List<TRow>> selectRows, Func<ItemTree, Task<Resolution>> resolve, CancellationToken cancel)
        where TRow : FactRow
    {
        await computation.BeginAsync(cancel);
        var resolution = await resolve((await catalogues.ReadAsync(http, cancel)).Tree);
        return Computed(day, FactRows.From(Balance.States(resolution, new EvaluationOptions(day))), selectRows);
    }

    /// <summary>The fact that took over from a number that is no longer a fact's; null where none did.</summary>
    async Task<TRow?> FindSuccessorAsync<TRow>(HttpContext http, FactsOnDay<TRow> facts, long number, CancellationToken cancel) where TRow : FactRow
    {
        var kind = typeof(TRow) == typeof(RequestRow) ? FactKind.Request : typeof(TRow) == typeof(CommitmentRow) ? FactKind.Commitment : FactKind.Delivery;
        var items = (await catalogues.ReadAsync(http, cancel)).Tree;
        var (claims, firstEditions, key) = await FactRedirect.FindAsync(database, number, kind, items, cancel);
        var partitions = await Partitions.OfClaimAsync(database, number, cancel);
        var rowsOfPartitions = facts.Rows.Where(r => partitions.Contains(r.Partition));
        return await FirstAsync(rowsOfPartitions.Where(r => r.ClaimIds.Contains(number)), cancel)
            ?? (key is null ? null : await FirstAsync(facts.Rows.Where(r => r.Key == key), cancel))
            ?? await FirstAsync(rowsOfPartitions.Where(r => firstEditions.Contains(r.Id) || r.ClaimIds.Any(c => claims.Contains(c))), cancel);
    }

    static async Task<TRow?> FirstAsync<TRow>(IQueryable<TRow> rows, CancellationToken cancel) where TRow : FactRow =>
        (await ListQuery.ListAsync(rows.OrderBy(r => r.Id).Take(1), cancel)).FirstOrDefault();

    async Task<Func<TRow, object?>> EmbedAsync<TRow>(FactsOnDay<TRow> facts, string name, IReadOnlyList<TRow> rows, CancellationToken cancel)
        where TRow : FactRow
    {
        switch (name)
        {
            case FactListFields.Links:
                var isDelivery = typeof(TRow) == typeof(DeliveryRow);
                var ids = rows.Select(r => r.Id).ToArray();
                var links = facts.ComputedLinks ?? await StoredLinksAsync(facts.Day, l => ids.Contains(isDelivery ? l.DeliveryId : l.CommitmentId), cancel);
                var linksByFact = links.ToLookup(l => isDelivery ? l.DeliveryId : l.CommitmentId, FactLink.From);
                return row => linksByFact[row.Id];
            case FactListFields.Evidence:
                var evidence = await EvidenceRow.ReadByClaimsAsync(database, [.. rows.SelectMany(r => r.ClaimIds).Distinct()], cancel);
                var positions = evidence.Index().ToDictionary(e => e.Item.Id, e => e.Index);
                return row => row.ClaimIds.Select(id => positions[id]).Order().Select(position => evidence[position]);
            case FactListFields.AsOf:
                return _ => facts.Day;
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }
    }

    async Task<IReadOnlyList<LinkRow>> StoredLinksAsync(DateOnly day, Expression<Func<LinkRow, bool>> isWanted, CancellationToken cancel) =>
        await database.Set<LinkRow>().AsNoTracking().Where(l => l.ValidFrom <= day && (l.ValidTo == null || l.ValidTo > day)).Where(isWanted)
            .OrderBy(l => l.CommitmentId).ThenBy(l => l.DeliveryId).ToListAsync(cancel);
}
