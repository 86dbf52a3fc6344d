using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Balances;

internal static class BalanceEndpoints
{
    public static void MapBalances(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/balances", ListAsync).WithOperation(new("listBalances", "balances", "Compare commitments with deliveries")
        {
            Description = "One row for each group and unit: requested, committed, delivered, outstanding, overdue. Low is certain, high is possible, a null high is without bound.",
            Query = AnswerParameters,
            Answer = BalanceAnswer.Fields.Shape(),
            Offers = Format.ForList,
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapGet("/v1/balances/timeline", TimelineAsync).WithOperation(new("listBalanceTimeline", "balances", "Follow balances over time")
        {
            Description = "The rows of a balance at the end of each month, quarter or year: cumulative, for plots. Each row has its `as_of`.",
            Query = TimelineParameters,
            Answer = BalanceAnswer.OverTime.Shape(),
            Offers = Format.ForList,
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapGet("/v1/balances/explain", ExplainAsync).WithOperation(new("explainBalance", "balances", "Explain a row of a balance")
        {
            Description = "The commitments, deliveries, requests, links and claims with their quotes behind one row, and arithmetic that adds up to it. Every row carries this URL.",
            Query = [.. BalanceFilter.Parameters, .. BalanceExplanation.RowParameters],
            Answer = Explanation.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
    }

    static readonly ParameterSpec[] AnswerParameters = [.. BalanceFilter.Parameters, .. BalanceResponse.Fields.Choice, .. ExportOptions.Parameters];

    static async Task<IResult> ListAsync(HttpContext http, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        var (form, problem) = ExportOptions.Read(http, parameters);
        problem = parameters.Problem ?? problem;
        if (problem is not null) return problem;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O"), form.Format.Word) is { } notModified) return notModified;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        (var filter, problem) = BalanceFilter.Read(parameters, catalogue, parameters.Day("as_of") ?? query.Today);
        if (filter is null) return problem!;
        (var choice, problem) = BalanceChoice.Read(parameters, BalanceResponse.Fields, filter);
        if (problem is not null) return problem;
        var rows = await query.RowsAsync(filter, items, cancel);
        var answer = new BalanceAnswer(
            [.. rows.Select(r => new BalanceLine(r, filter.View.AsOf, filter, names, BalanceExplanation.Url(http.Request, r.Key, filter.GroupBy)))],
            filter.View.AsOf, filter.KnownAt ?? clock.GetUtcNow(), version, filter);
        return answer.In(form, BalanceAnswer.Fields, choice, http);
    }

    static readonly ParameterSpec[] TimelineParameters =
        [.. BalanceFilter.Parameters.Where(p => p.Name != "as_of"), .. Timeline.Parameters, .. BalanceResponse.OverTime.Choice, .. ExportOptions.Parameters];

    static async Task<IResult> TimelineAsync(HttpContext http, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        var days = Timeline.Days(parameters, query.Today);
        var (form, problem) = ExportOptions.Read(http, parameters);
        problem = parameters.Problem ?? problem;
        if (problem is not null) return problem;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O"), form.Format.Word) is { } notModified) return notModified;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        (var filter, problem) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return problem!;
        (var choice, problem) = BalanceChoice.Read(parameters, BalanceResponse.OverTime, filter);
        if (problem is not null) return problem;
        var rows = await query.TimelineAsync(filter, days, items, cancel);
        var answer = new BalanceAnswer(
            [.. rows.Select(r => new BalanceLine(BalanceQuery.Row.From(r.Row), r.Day, filter, names, BalanceExplanation.Url(http.Request, r.Row.Key, filter.GroupBy, r.Day)))],
            days[^1], filter.KnownAt ?? clock.GetUtcNow(), version, filter);
        return answer.In(form, BalanceAnswer.OverTime, choice, http);
    }

    static async Task<IResult> ExplainAsync(HttpContext http, FactsContext database, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O")) is { } notModified) return notModified;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        var (filter, problem) = BalanceFilter.Read(parameters, catalogue, parameters.Day("as_of") ?? query.Today);
        if (filter is null) return problem!;
        var (explained, count) = await query.ExplainedAsync(filter, items, key => BalanceExplanation.IsMeant(key, parameters),
            BalanceExplanation.Meant(filter.Names, parameters), cancel);
        if (explained is null)
            return Problems.NotFound.Because(count == 0 ? "no such row; take the URL from a row's explain" : "several rows are meant; take the URL from a row's explain");
        var row = explained.Row;
        var leftOut = await new ExclusionReader(database, filter, items).ReadAsync(explained, cancel);
        var line = new BalanceLine(BalanceQuery.Row.From(row), filter.View.AsOf, filter, names, BalanceExplanation.Url(http.Request, row.Key, filter.GroupBy));
        return Explanation.Fields.ToJsonResult(BalanceExplanation.Build(explained, line, leftOut, items, filter.KnownAt ?? clock.GetUtcNow(), version), StatusCodes.Status200OK);
    }
}
