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
            Description = "One row for each group and unit: requested, committed, delivered, outstanding, overdue. "
                + "Low is certain, high is possible, a null high is without an upper bound. At most 100,000 rows.",
            Query = ListParameters,
            Answer = BalanceListSchema.Envelope.Shape(),
            Offers = Format.ForList,
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        }).ValidatesParameters().KeepsAnswers();
        routes.MapGet("/v1/balances/timeline", TimelineAsync).WithOperation(new("listBalanceTimeline", "balances", "Follow balances over time")
        {
            Description = "The rows of a balance at the end of each month, quarter or year. All numbers are cumulative, for plots. Each row has its `as_of`.",
            Query = TimelineParameters,
            Answer = BalanceListSchema.TimelineEnvelope.Shape(),
            Offers = Format.ForList,
            Errors = [Problems.UnknownParty, Problems.UnknownItem],
        }).ValidatesParameters().ReadsSnapshot().KeepsAnswers();
        routes.MapGet("/v1/balances/explain", ExplainAsync).WithOperation(new("explainBalance", "balances", "Explain a row of a balance")
        {
            Description = "The commitments, deliveries, requests, links and claims behind one row, with quotes, and arithmetic that adds up to the row. "
                + "Every row carries this URL in `explain`.",
            Query = ExplanationParameters,
            Answer = ExplanationSchema.Fields.Shape(),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot().KeepsAnswers();
    }

    static readonly ParameterSpec[] ListParameters = [.. BalanceFilter.Parameters, .. BalanceListSchema.Fields.Choice, .. ExportOptions.Parameters];

    static async Task<IResult> ListAsync(
        HttpContext http, BalanceQuery query, CatalogueCache catalogues, IStoreReader reader, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        var (export, problem) = ExportOptions.Read(http, parameters);
        problem = parameters.Problem ?? problem;
        if (problem is not null) return problem;
        string[] tagParts = [query.Today.ToString("O"), export.Format.Word];
        if (await Conditional.StillFreshAsync(http, cancel, tagParts) is { } stillFresh) return stillFresh;
        // First an attempt in one round trip, with the catalogue as it was read last. It may take long, so it is not made where it would be in vain.
        if (catalogues.Last is { } last && await reader.LatestVersionAsync(cancel) == last.Version
            && Question(parameters.Copy(), last) is { Problem: null } attempt
            && await query.StoredRowsAsync(attempt.Filter, last.Tree, cancel) is { } stored && stored.Version == last.Version)
            return Conditional.Fresh(http, stored.Version, tagParts) ?? Answer(attempt, stored.Rows, last);
        await using var snapshot = await reader.BeginSnapshotAsync(cancel);
        if (await Conditional.FreshAsync(http, cancel, tagParts) is { } notModified) return notModified;
        var catalogue = await catalogues.ReadAsync(http, cancel);
        var question = Question(parameters, catalogue);
        return question.Problem is { } questionProblem ? questionProblem
            : Answer(question, await query.RowsAsync(question.Filter, catalogue.Tree, cancel), catalogue);

        BalanceQuestion Question(Parameters given, CatalogueSnapshot known)
        {
            var filter = BalanceFilter.Read(given, known.Catalogue, given.Day("as_of") ?? query.Today);
            return new(filter, given.Problem is null ? BalanceSelection.Read(given, BalanceListSchema.Fields, filter) : null, given.Problem);
        }

        IResult Answer(BalanceQuestion of, IReadOnlyList<BalanceSums> rows, CatalogueSnapshot known)
        {
            var filter = of.Filter;
            var urls = BalanceExplanation.Urls(http.Request, filter.GroupBy);
            var response = new BalanceListResponse([.. rows.Select(r => new BalanceResponse(r, filter.Evaluation.AsOf, filter, known.Shown, urls))],
                filter.Evaluation.AsOf, filter.KnownAt ?? clock.GetUtcNow(), known.Version, filter);
            return response.ToResult(export, BalanceListSchema.Envelope, of.Selection!, http);
        }
    }

    /// <summary>The parameters of a request, read with a catalogue. The selection is null where the filter has a problem.</summary>
    sealed record BalanceQuestion(BalanceFilter Filter, BalanceSelection? Selection, Problem? Problem);

    static readonly ParameterSpec[] TimelineParameters =
    [
        .. BalanceFilter.Parameters.Where(p => p.Name != "as_of"), .. Timeline.Parameters,
        .. BalanceListSchema.TimelineFields.Choice, .. ExportOptions.Parameters,
    ];

    static async Task<IResult> TimelineAsync(HttpContext http, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.From(http);
        var days = Timeline.Days(parameters, query.Today);
        var (export, problem) = ExportOptions.Read(http, parameters);
        problem = parameters.Problem ?? problem;
        if (problem is not null) return problem;
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O"), export.Format.Word) is { } notModified) return notModified;
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        var filter = BalanceFilter.Read(parameters, catalogue, query.Today);
        if (parameters.Problem is { } filterProblem) return filterProblem;
        var selection = BalanceSelection.Read(parameters, BalanceListSchema.TimelineFields, filter);
        if (parameters.Problem is { } selectionProblem) return selectionProblem;
        var rows = await query.OnDaysAsync(filter, days, items, cancel);
        var urls = BalanceExplanation.Urls(http.Request, filter.GroupBy, isTimeline: true);
        var response = new BalanceListResponse([.. rows.Select(r => new BalanceResponse(r.Row, r.Day, filter, names, urls))],
            days[^1], filter.KnownAt ?? clock.GetUtcNow(), version, filter);
        return response.ToResult(export, BalanceListSchema.TimelineEnvelope, selection, http);
    }

    static async Task<IResult> ExplainAsync(
        HttpContext http, FactsContext database, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        if (await Conditional.FreshAsync(http, cancel, query.Today.ToString("O")) is { } notModified) return notModified;
        var (explanation, problem) = await ExplanationAsync(http, Parameters.From(http), database, query, catalogues, clock, cancel);
        return explanation is null ? problem! : new LargeRowResult<Explanation>(ExplanationSchema.Fields.Fields, explanation);
    }

    /// <summary>Parameters of an explanation: those of the balance, and the key of the row.</summary>
    public static readonly ParameterSpec[] ExplanationParameters = [.. BalanceFilter.Parameters, .. BalanceExplanation.RowParameters];

    /// <summary>The explanation of one row, or the problem for which there is none.</summary>
    public static async Task<(Explanation? Explanation, Problem? Problem)> ExplanationAsync(HttpContext http, Parameters parameters,
        FactsContext database, BalanceQuery query, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancel)
    {
        var (version, catalogue, items, names) = await catalogues.ReadAsync(http, cancel);
        var filter = BalanceFilter.Read(parameters, catalogue, parameters.Day("as_of") ?? query.Today);
        if (parameters.Problem is { } problem) return (null, problem);
        var (explained, count) = await query.ExplainedAsync(filter, items, key => BalanceExplanation.Matches(key, parameters),
            BalanceExplanation.NamesOfRow(filter.Names, parameters), cancel);
        if (explained is null)
            return (null, Problems.NotFound.Because(count == 0
                ? "no such row; take the URL from a row's explain" : "several rows match; take the URL from a row's explain"));
        var row = explained.Row;
        var exclusions = await new ExclusionReader(database, filter, items).ReadAsync(explained, cancel);
        var response = new BalanceResponse(
            BalanceSums.From(row), filter.Evaluation.AsOf, filter, names, BalanceExplanation.Urls(http.Request, filter.GroupBy));
        return (BalanceExplanation.Build(explained, response, exclusions, items, filter.KnownAt ?? clock.GetUtcNow(), version), null);
    }
}
