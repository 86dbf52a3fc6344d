using System.Linq.Expressions;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.FactLists;

/// <summary>Lists of requests, commitments and deliveries: the rows kept for today on, or rows made of the claims for any other day.</summary>
internal sealed class FactListAnswers(FactsContext database, CatalogueCache catalogues, TimeProvider clock)
{
    /// <summary>Facts as they stand on a day.</summary>
    /// <param name="Made">Their links, where they were made for the occasion; null where both are kept.</param>
    sealed record Standing<TRow>(DateOnly Day, IQueryable<TRow> Rows, IReadOnlyList<LinkRow>? Made);

    public Task<IResult> AnswerAsync<TRow>(HttpContext http, ListSchema<TRow> fields, Func<FactRows, List<TRow>> of, CancellationToken cancel) where TRow : FactRow =>
        fields.AnswerAsync(http, async (request, token) =>
        {
            var names = await NameFilter.ReadAsync(http, request.Parameters, token);
            var (day, known) = (request.AsOf!.Value, request.IsKnownAtGiven ? request.KnownAt : null);
            var facts = MayBeKept(day, known) && await ProjectionCoverage.CoversAsync(database, day, names.Recipients, token)
                ? Kept<TRow>(day)
                : await MadeAsync(http, day, of, tree => HistoricalFacts.ResolveAsync(database, new ClaimSelection(known), VaguePolicy.Acled, tree, names, token), token);
            return new ListSource<TRow>(names.Apply(facts.Rows))
            {
                Embed = (name, some, t) => EmbedAsync(facts, name, some, t),
                Labels = (field, values, t) => catalogues.LabelsAsync(http, field, values, t),
            };
        }, cancel);

    /// <summary>One fact with all that can be embedded in it; 308 where it is now part of another.</summary>
    public async Task<IResult> GetAsync<TRow>(HttpContext http, string id, string noun, ListSchema<TRow> fields, Func<FactRows, List<TRow>> of, CancellationToken cancel)
        where TRow : FactRow
    {
        var parameters = Parameters.From(http);
        if (await Conditional.FreshAsync(http, cancel, clock.Today.ToString("O")) is { } fresh) return fresh;
        if (!long.TryParse(id, out var number)) return Problems.NotFound.Because($"there is nothing at '/v1/{noun}/{id}'");
        var (day, known) = (parameters.Day("as_of") ?? clock.Today, parameters.Instant("known_at"));
        var facts = MayBeKept(day, known) && await ProjectionCoverage.CoversAsync<TRow>(database, day, number, cancel)
            ? Kept<TRow>(day)
            : await MadeAsync(http, day, of, items => HistoricalFacts.ResolveAroundClaimAsync(database, number, new ClaimSelection(known), items, cancel), cancel);
        var row = await FirstAsync(facts.Rows.Where(r => r.Id == number), cancel);
        if (row is null)
            return await LeftOfAsync(http, facts, number, cancel) is { } now
                ? Results.Redirect($"/v1/{noun}/{now.Id}{http.Request.QueryString}", permanent: true, preserveMethod: true)
                : Problems.NotFound.Because($"there is nothing at '/v1/{noun}/{id}'{(parameters.Has("as_of") ? " on that day" : "")}");
        var columns = fields.Fields.ToList();
        foreach (var embed in fields.Embeds) columns.Add(embed.Column(await EmbedAsync(facts, embed.Name, [row], cancel)));
        return ListAnswer.ToJsonResult(columns, row, StatusCodes.Status200OK);
    }

    bool MayBeKept(DateOnly day, DateTimeOffset? known) => known is null && day >= clock.Today;

    Standing<TRow> Kept<TRow>(DateOnly day) where TRow : FactRow =>
        new(day, database.Set<TRow>().AsNoTracking().Where(r => r.ValidFrom <= day && (r.ValidTo == null || r.ValidTo > day)), null);

    /// <summary>Of the claims, for the occasion.</summary>
    async Task<Standing<TRow>> MadeAsync<TRow>(
        HttpContext http, DateOnly day, Func<FactRows, List<TRow>> of, Func<ItemTree, Task<Resolution>> resolved, CancellationToken cancel) where TRow : FactRow
    {
        var made = FactRows.From(Balance.States(await resolved((await catalogues.ReadAsync(http, cancel)).Tree), new EvaluationOptions(day)));
        return new(day, of(made).AsQueryable(), made.Links);
    }

    /// <summary>What is left of the fact whose number it was; null where nothing is.</summary>
    async Task<TRow?> LeftOfAsync<TRow>(HttpContext http, Standing<TRow> facts, long number, CancellationToken cancel) where TRow : FactRow
    {
        var kind = typeof(TRow) == typeof(RequestRow) ? FactKind.Request : typeof(TRow) == typeof(CommitmentRow) ? FactKind.Commitment : FactKind.Delivery;
        var (claims, roots, key) = await FactRedirect.FindAsync(database, number, kind, (await catalogues.ReadAsync(http, cancel)).Tree, cancel);
        var partitions = await Partitions.OfClaimAsync(database, number, cancel);
        var near = facts.Rows.Where(r => partitions.Contains(r.Partition));
        return await FirstAsync(near.Where(r => r.ClaimIds.Contains(number)), cancel)
            ?? (key is null ? null : await FirstAsync(facts.Rows.Where(r => r.Key == key), cancel))
            ?? await FirstAsync(near.Where(r => roots.Contains(r.Id) || r.ClaimIds.Any(c => claims.Contains(c))), cancel);
    }

    static async Task<TRow?> FirstAsync<TRow>(IQueryable<TRow> rows, CancellationToken cancel) where TRow : FactRow =>
        (await ListQuery.ListAsync(rows.OrderBy(r => r.Id).Take(1), cancel)).FirstOrDefault();

    async Task<Func<TRow, object?>> EmbedAsync<TRow>(Standing<TRow> facts, string name, IReadOnlyList<TRow> rows, CancellationToken cancel) where TRow : FactRow
    {
        switch (name)
        {
            case FactListSchemas.Links:
                var isDelivery = typeof(TRow) == typeof(DeliveryRow);
                var ids = rows.Select(r => r.Id).ToArray();
                var links = facts.Made ?? await KeptAsync(facts.Day, l => ids.Contains(isDelivery ? l.DeliveryId : l.CommitmentId), cancel);
                var ofFact = links.ToLookup(l => isDelivery ? l.DeliveryId : l.CommitmentId, FactLink.From);
                return row => ofFact[row.Id];
            case FactListSchemas.Evidence:
                var evidence = await EvidenceRow.ReadByClaimsAsync(database, [.. rows.SelectMany(r => r.ClaimIds).Distinct()], cancel);
                var places = evidence.Index().ToDictionary(e => e.Item.Id, e => e.Index);
                return row => row.ClaimIds.Select(id => places[id]).Order().Select(place => evidence[place]);
            case FactListSchemas.AsOf:
                return _ => facts.Day;
            default:
                throw new ArgumentOutOfRangeException(nameof(name));
        }
    }

    async Task<IReadOnlyList<LinkRow>> KeptAsync(DateOnly day, Expression<Func<LinkRow, bool>> of, CancellationToken cancel) =>
        await database.Set<LinkRow>().AsNoTracking().Where(l => l.ValidFrom <= day && (l.ValidTo == null || l.ValidTo > day)).Where(of)
            .OrderBy(l => l.CommitmentId).ThenBy(l => l.DeliveryId).ToListAsync(cancel);
}
