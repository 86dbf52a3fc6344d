using Facts.Api.Catalogue;
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
            Query = AnswerParameters,
            Answer = BalanceAnswer.Fields.Shape(),
            Offers = Format.ForList,
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        });
        routes.MapGet("/v1/balances/timeline", TimelineAsync).Documented(new("listBalanceTimeline", "balances", "Follow balances over time")
        {
            Description = "The rows of a balance at the end of each month, quarter or year: cumulative, for plots. Each row has its `as_of`.",
            Query = TimelineParameters,
            Answer = BalanceAnswer.OverTime.Shape(),
            Offers = Format.ForList,
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        });
        routes.MapGet("/v1/balances/explain", ExplainAsync).Documented(new("explainBalance", "balances", "Explain a row of a balance")
        {
            Description = "The commitments, deliveries, requests, links and claims with their quotes behind one row, and arithmetic that adds up to it. Every row carries this URL.",
            Query = [.. BalanceFilter.Parameters, .. BalanceExplanation.RowParameters],
            Answer = Explanation.Fields.Shape(),
            Errors = [Problems.NotFound],
        });
    }

    static readonly ParameterSpec[] AnswerParameters = [.. BalanceFilter.Parameters, .. BalanceResponse.Fields.Choice, .. ExportOptions.Parameters];

    static async Task<IResult> ListAsync(HttpContext http, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, AnswerParameters);
        var (form, refused) = ExportOptions.Read(http, parameters);
        if ((parameters.Problem ?? refused) is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O"), form.Format.Word) is { } fresh) return fresh;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        var (filter, unknown) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return unknown!;
        var (choice, unfit) = BalanceChoice.Read(parameters, BalanceResponse.Fields, filter);
        if (unfit is not null) return unfit;
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
        // The filter reads as_of, which is no parameter of a timeline: each day is put in its place.
        var parameters = Parameters.Read(http, [.. TimelineParameters, BalanceFilter.Parameters.Single(p => p.Name == "as_of")]);
        var days = Timeline.Days(parameters, query.Today);
        var (form, refused) = ExportOptions.Read(http, parameters);
        if ((parameters.Problem ?? refused) is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O"), form.Format.Word) is { } fresh) return fresh;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        var (filter, unknown) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return unknown!;
        var (choice, unfit) = BalanceChoice.Read(parameters, BalanceResponse.OverTime, filter);
        if (unfit is not null) return unfit;
        var rows = await query.TimelineAsync(filter, days, items, cancel);
        var answer = new BalanceAnswer(
            [.. rows.Select(r => new BalanceLine(BalanceQuery.Row.From(r.Row), r.Day, filter, names, BalanceExplanation.Url(http.Request, r.Row.Key, filter.GroupBy, r.Day)))],
            days[^1], filter.KnownAt ?? clock.GetUtcNow(), version, filter);
        return answer.In(form, BalanceAnswer.OverTime, choice, http);
    }

    static async Task<IResult> ExplainAsync(HttpContext http, FactsContext database, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, [.. BalanceFilter.Parameters, .. BalanceExplanation.RowParameters]);
        if (parameters.Problem is { } wrong) return wrong;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O")) is { } fresh) return fresh;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        var (filter, unknown) = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (filter is null) return unknown!;
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
