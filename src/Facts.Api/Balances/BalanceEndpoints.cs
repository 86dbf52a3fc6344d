using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Balances;

internal static class BalanceEndpoints
{
    public static void MapBalances(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/balances", ListAsync).Documented(new("listBalances", "balances", "Compare commitments with deliveries")
        {
            Description = "One row for each group and unit: requested, committed, delivered, outstanding, overdue. Low is certain, high is possible, a null high is without bound.",
            Query = BalanceFilter.Parameters,
            Answer = typeof(Dictionary<string, object>),
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        });
        routes.MapGet("/v1/balances/timeline", TimelineAsync).Documented(new("listBalanceTimeline", "balances", "Follow balances over time")
        {
            Description = "The rows of a balance at the end of each month, quarter or year: cumulative, for plots. Each row has its `as_of`.",
            Query = TimelineParameters,
            Answer = typeof(Dictionary<string, object>),
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        });
        routes.MapGet("/v1/balances/explain", ExplainAsync).Documented(new("explainBalance", "balances", "Explain a row of a balance")
        {
            Description = "The commitments, deliveries, requests, links and claims with their quotes behind one row, and arithmetic that adds up to it. Every row carries this URL.",
            Query = [.. BalanceFilter.Parameters, .. BalanceExplanation.RowParameters],
            Answer = typeof(Dictionary<string, object>),
            Errors = [Problems.NotFound],
        });
    }

    static async Task<IResult> ListAsync(HttpContext http, FactsContext database, BalanceQuery query, DatasetVersion dataset, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, BalanceFilter.Parameters);
        if (parameters.Problem is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O")) is { } fresh) return fresh;
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var version = await dataset.ReadAsync(http, cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var (filter, unknown) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return unknown!;
        var rows = await query.RowsAsync(filter, catalogue.Tree, cancel);
        var names = await CatalogueStore.NamesAsync(database, cancel);
        return Results.Json(new
        {
            items = rows.Select(r => BalanceResponse.Of(r, filter, names, BalanceExplanation.Url(http.Request, r.Key, filter.GroupBy))),
            next_cursor = (string?)null,
            next = (string?)null,
            limit = (int?)null,
            count = rows.Count,
            count_is_exact = true,
            truncated = false,
            as_of = filter.View.AsOf,
            known_at = filter.KnownAt ?? clock.GetUtcNow(),
            dataset_version = version,
            min_stage = Words.Of(filter.View.MinStage),
            links = Words.Of(filter.View.Links),
            vague = filter.Policy.Name,
        }, Json.Options);
    }

    static readonly ParameterSpec[] TimelineParameters = [.. BalanceFilter.Parameters.Where(p => p.Name != "as_of"), .. Timeline.Parameters];

    static async Task<IResult> TimelineAsync(HttpContext http, FactsContext database, BalanceQuery query, DatasetVersion dataset, TimeProvider clock, CancellationToken cancel)
    {
        // The filter reads as_of, which is no parameter of a timeline: each day is put in its place.
        var parameters = Parameters.Read(http, [.. TimelineParameters, BalanceFilter.Parameters.Single(p => p.Name == "as_of")]);
        var days = Timeline.Days(parameters, query.Today);
        if (parameters.Problem is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O")) is { } fresh) return fresh;
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var version = await dataset.ReadAsync(http, cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var (filter, unknown) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return unknown!;
        var rows = await query.TimelineAsync(filter, days, catalogue.Tree, cancel);
        var names = await CatalogueStore.NamesAsync(database, cancel);
        return Results.Json(new
        {
            items = rows.Select(r => BalanceResponse.At(r.Day, r.Row, filter, names, http.Request)),
            next_cursor = (string?)null,
            next = (string?)null,
            limit = (int?)null,
            count = rows.Count,
            count_is_exact = true,
            truncated = false,
            as_of = days[^1],
            known_at = filter.KnownAt ?? clock.GetUtcNow(),
            dataset_version = version,
            min_stage = Words.Of(filter.View.MinStage),
            links = Words.Of(filter.View.Links),
            vague = filter.Policy.Name,
        }, Json.Options);
    }

    static async Task<IResult> ExplainAsync(HttpContext http, FactsContext database, BalanceQuery query, DatasetVersion dataset, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, [.. BalanceFilter.Parameters, .. BalanceExplanation.RowParameters]);
        if (parameters.Problem is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O")) is { } fresh) return fresh;
        await using var snapshot = await Snapshot.BeginAsync(database, cancel);
        var version = await dataset.ReadAsync(http, cancel);
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        var (filter, unknown) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return unknown!;
        var rows = await query.ComputedAsync(filter, catalogue.Tree, cancel);
        var found = rows.Where(r => BalanceExplanation.IsMeant(r.Key, parameters)).ToList();
        if (found is not [var row])
            return Problems.NotFound.Because(found.Count == 0 ? "no such row; take the URL from a row's explain" : "several rows are meant; take the URL from a row's explain");
        var names = await CatalogueStore.NamesAsync(database, cancel);
        var shown = new BalanceQuery.Row(row.Key, row.Measures, row.Claims, row.Articles, row.Publishers, row.LastStatedOn);
        var wire = BalanceResponse.Of(shown, filter, names, BalanceExplanation.Url(http.Request, row.Key, filter.GroupBy));
        return Results.Json(BalanceExplanation.Of(row, wire, filter, filter.KnownAt ?? clock.GetUtcNow(), version), Json.Options);
    }
}
