using Facts.Api.Balances;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Draws the chart of a balance, for a file and for the page that others put into theirs.</summary>
internal sealed class ChartQuestion(BalanceQuery balances, FactListAnswers facts, CatalogueCache catalogues, StoreSummaries summaries,
    TimelineEvents events)
{
    /// <summary>Most rows of a chart. More cannot be told apart.</summary>
    public const int MaxRows = 12;

    /// <summary>The kind of chart that has deadlines.</summary>
    public const string Deadlines = "deadlines";

    /// <summary>Most marks of a strip of deadlines.</summary>
    const int MaxMarks = 200;

    /// <summary>The parameters of <c>/v1/balances</c>, and the kind of chart.</summary>
    public static readonly ParameterSpec[] Parameters =
    [
        .. BalanceFilter.Parameters,
        new("chart", WireType.OneOf("rows", "timeline", Deadlines), "Bars of the rows, lines over time, or a strip of deadlines.")
        {
            Default = "rows",
            Example = "timeline",
        },
    ];

    /// <summary>A chart with its title.</summary>
    /// <param name="Svg">The chart without its style; null where nothing is recorded that answers the question.</param>
    /// <param name="Title">The question in words.</param>
    /// <param name="Note">Unit, day, and what is left out.</param>
    /// <param name="Measures">Measures that are drawn; none for a strip of deadlines, which has marks and no bars or lines.</param>
    public sealed record Chart(string? Svg, string Title, string Note, params IReadOnlyList<string> Measures);

    /// <summary>The chart; its errors are errors of the parameters.</summary>
    public async Task<Chart?> DrawAsync(HttpContext http, Parameters parameters, CancellationToken cancel)
    {
        var catalogue = await catalogues.ReadAsync(http, cancel);
        var filter = BalanceFilter.Read(parameters, catalogue.Catalogue, parameters.Day("as_of") ?? balances.Today);
        if (parameters.Problem is not null) return null;
        if (filter.GroupBy == Grouping.None) filter = filter with { GroupBy = Grouping.Donor };
        if (parameters.Text("chart") == Deadlines) return await DeadlinesAsync(http, parameters, filter, catalogue);
        var totals = await balances.RowsAsync(filter with { GroupBy = Grouping.None }, catalogue.Tree, cancel, withSources: false);
        var main = totals.OrderByDescending(t => t.Measures.Commitments).FirstOrDefault();
        var title = Titles.Of(parameters, catalogue.Shown);
        var day = AsOf(filter);
        if (main is null) return new(null, title, day);
        var unit = main.Key.Unit;
        var note = $"{Show.Capital(Show.Units(unit, 2))}, {day}{(totals.Count > 1 ? "; other units are left out" : "")}";
        return parameters.Text("chart") == "timeline"
            ? new(await TimelineAsync(http, filter, unit, catalogue, cancel), title, note, TimelineChart.Measures)
            : await RowsAsync(filter, unit, catalogue, title, note, cancel);
    }

    static string AsOf(BalanceFilter filter) => $"as of {Show.Day(filter.Evaluation.AsOf)}";

    async Task<Chart> DeadlinesAsync(HttpContext http, Parameters parameters, BalanceFilter filter, CatalogueSnapshot catalogue)
    {
        var asked = PageAddress.Of(http);
        var page = await RoomQuestion.RowsAsync<CommitmentRow>(http, "/v1/commitments",
            [.. asked.At("", ExploreReader.OfFacts).Query, ("due_on__isnull", "false"), ("sort", "due_on"), ("limit", $"{MaxMarks + 1}")],
            (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token, filter.Facts));
        var rows = page.Items.Where(DeadlineChart.HasDay).ToList();
        var title = Titles.Of(parameters, catalogue.Shown, "Deadlines of promises");
        var note = Show.Capital(AsOf(filter));
        if (rows.Count == 0) return new(null, title, note);
        if (rows.Count > MaxMarks) note += $"; the {MaxMarks} first";
        if (rows.Count > MaxRows) note += $"; {MaxRows} are named";
        var shown = rows.Take(MaxMarks).ToList();
        var origin = $"{http.Request.Scheme}://{http.Request.Host}";
        return new(DeadlineChart.Draw(shown, filter.Evaluation.AsOf, catalogue.Shown, origin, Math.Min(MaxRows, rows.Count)), title, note);
    }

    async Task<Chart> RowsAsync(BalanceFilter filter, string? unit, CatalogueSnapshot catalogue, string title, string note, CancellationToken cancel)
    {
        var rows = (await balances.RowsAsync(filter, catalogue.Tree, cancel, withSources: false)).Where(r => r.Key.Unit == unit)
            .Select(r => new BalanceResponse(r, filter.Evaluation.AsOf, filter, catalogue.Shown, (_, _) => ""))
            .Where(r => RowsChart.Measures.Any(m => MeasureText.Of(r, m) is { High: not 0 }))
            .OrderByDescending(r => r.Sums.Measures.Committed?.Low).ThenByDescending(r => r.Sums.Measures.Committed?.High ?? decimal.MaxValue).ToList();
        if (rows.Count > MaxRows) note += $"; the {MaxRows} largest of {rows.Count}";
        return new(Draw(rows, unit), title, note, RowsChart.Measures);
    }

    /// <summary>Bars of the first rows.</summary>
    public static string Draw(IEnumerable<BalanceResponse> rows, string? unit) => RowsChart.Draw(
        [.. rows.Take(MaxRows)
            .Select(r => (Naming.Of(r),
                (IReadOnlyList<Interval?>)[.. RowsChart.Measures.Select(m => MeasureText.IsUnknown(r, m) ? null : MeasureText.Of(r, m))]))],
        unit, "r");

    async Task<string?> TimelineAsync(HttpContext http, BalanceFilter filter, string? unit, CatalogueSnapshot catalogue, CancellationToken cancel)
    {
        var store = await summaries.ReadAsync(http, cancel);
        var days = Timepoints.Of(store, filter.Evaluation.AsOf);
        if (days.Count < 2) return null;
        var grouped = filter with { GroupBy = Grouping.None };
        var rows = (await balances.OnDaysAsync(grouped, days, catalogue.Tree, cancel, only: TimelineChart.Measures))
            .Where(r => r.Row.Key.Unit == unit).ToDictionary(r => r.Day, r => r.Row);
        return TimelineChart.Draw([.. days
            .Select(day => (day, (IReadOnlyList<Interval?>)[.. TimelineChart.Measures.Select(m => rows.TryGetValue(day, out var row)
            ? MeasureText.Of(new BalanceResponse(row, day, grouped, catalogue.Shown, (_, _) => ""), m) : Interval.Zero)]))], unit, store.Last, "t",
            store.Claims <= ExploreReader.MostComputed ? await events.ReadAsync(http, PageAddress.Of(http), filter, unit, cancel) : []);
    }
}
