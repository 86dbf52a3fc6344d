using Facts.Api.Balances;
using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Reads the answer to a question about balances, by the queries of the interface.</summary>
internal sealed class ExploreReader(
    FactsContext database, BalanceQuery balances, FactListAnswers facts, CatalogueCache catalogues, StoreSummaries summaries,
    TimelineEvents events)
{
    /// <summary>The parameters of <c>/v1/balances</c> that choose rows and columns, and the first row of the page.</summary>
    public static readonly ParameterSpec[] Parameters =
    [
        .. BalanceFilter.Parameters, .. BalanceListSchema.Fields.Choice,
        new("start", WireType.Whole, "Number of the first row on the page.") { Min = 1, Max = 1_000_000, Default = "1" },
    ];

    /// <summary>Filters that the list of commitments has too. A page asks it about all others by <see cref="FactSelection"/>.</summary>
    public static readonly string[] OfFacts =
        ["donor", "recipient", "item", "unit", "firmness", "status", "due_from", "due_to", "stated_from", "stated_to", "as_of", "known_at"];

    /// <summary>Filters that the list of claims has too.</summary>
    public static readonly string[] OfClaims = ["donor", "recipient", "item", "unit", "stated_from", "stated_to", "as_of", "known_at"];

    static readonly string[] UsualColumns = ["committed", "delivered", "outstanding", "overdue"];

    const int Deadlines = 40, Latest = 4;

    /// <summary>
    /// In a store of more claims than these, a chart takes too long where stored totals cannot give it, and so does the search for its largest events.
    /// </summary>
    public const int MostComputed = 200_000;

    /// <summary>The groups by which facets count.</summary>
    const Grouping Subjects = Grouping.Donor | Grouping.Recipient | Grouping.Item;

    public async Task<ExploreModel> ReadAsync(HttpContext http, PageQuestion question, CancellationToken cancel)
    {
        var catalogue = await catalogues.ReadAsync(http, cancel);
        var parameters = question.Parameters;
        BalanceFilter? filter = null;
        BalanceSelection? selection = null;
        if (parameters.Problem is null)
        {
            filter = BalanceFilter.Read(parameters, catalogue.Catalogue, parameters.Day("as_of") ?? balances.Today);
            if (filter.GroupBy == Grouping.None) filter = filter with { GroupBy = Grouping.Donor };
            if (parameters.Problem is null) selection = BalanceSelection.Read(parameters, BalanceListSchema.Fields, filter);
        }
        var form = new QuestionForm
        {
            Question = question,
            Specs = Parameters,
            Errors = parameters.Problem?.Errors ?? [],
            Names = catalogue.Shown,
            Lead = "What has been promised",
        };
        if (parameters.Problem is not null) return new() { Form = form };
        var (answer, facets) = await AnswerAsync(http, question, filter!, selection!, catalogue, cancel);
        return new() { Form = form with { Facets = facets }, Answer = answer };
    }

    async Task<(ExploreAnswer, IReadOnlyList<Facet>)> AnswerAsync(HttpContext http, PageQuestion question, BalanceFilter filter, BalanceSelection selection,
        CatalogueSnapshot catalogue, CancellationToken cancel)
    {
        var inner = RoomQuestion.Request(http, "/v1/balances", question.Address.Query.Where(p => BalanceFilter.Parameters.Any(s => s.Name == p.Name)));
        if (!question.Address.Values("group_by").Any()) inner.Request.QueryString = inner.Request.QueryString.Add("group_by", "donor");
        var read = new Dictionary<Grouping, IReadOnlyList<BalanceResponse>>();
        var store = await summaries.ReadAsync(http, cancel);
        var day = filter.Evaluation.AsOf;
        IReadOnlyList<DateOnly> days = filter.IsOfTotals || store.Claims <= MostComputed ? Timepoints.Of(store, day) : [];
        IReadOnlyDictionary<(Grouping, DateOnly), IReadOnlyList<BalanceSums>>? computed = null;
        if (!filter.IsOfTotals)
        {
            (computed, var known) = await balances.ComputedAsync(filter,
                [(Grouping.None, day), (filter.GroupBy, day), (Subjects, day), .. days.Select(d => (Grouping.None, d))], catalogue.Tree, cancel);
            if (known is not null) facts.Keep(day, filter.KnownAt, filter.Facts, filter.Names, known);
            foreach (var ((groups, _), sums) in computed.Where(c => c.Key.Item2 == day)) read[groups] = Shown(sums, groups, day);
        }
        var totals = (await RowsAsync(Grouping.None)).OrderByDescending(r => r.Sums.Measures.Commitments).ToList();
        var rows = await RowsAsync(filter.GroupBy);
        var sorted = selection.Sort.Count > 0 ? [.. rows.Sorted(selection.Sort)] : rows.OrderBy(r => IsLate(r) ? 0 : 1)
            .ThenBy(r => totals.FindIndex(t => t.Key.Unit == r.Key.Unit)).ThenByDescending(r => r.Sums.Measures.Overdue?.Low)
            .ThenByDescending(r => r.Sums.Measures.Overdue?.High ?? decimal.MaxValue).ThenByDescending(r => r.Sums.Measures.Committed?.Low)
            .ThenBy(r => r.Key).ToList();
        var deadlines = await RoomQuestion.RowsAsync<CommitmentRow>(http, "/v1/commitments",
            [.. question.Address.At("", OfFacts).Query, ("due_on__isnull", "false"), ("sort", "due_on"), ("limit", $"{Deadlines}")],
            (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, rows => rows.Commitments, token, filter.Facts));
        var latest = await RoomQuestion.RowsAsync<ClaimResponse>(http, "/v1/claims",
            [.. question.Address.At("", OfClaims).Query, ("sort", "-stated_on"), ("limit", $"{Latest}"), ("quote__isnull", "false")],
            (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token));
        var main = totals.FirstOrDefault()?.Key.Unit;
        var answer = new ExploreAnswer
        {
            Filter = filter,
            Groups = [.. BalanceFilter.Groups.Where(g => filter.GroupBy.HasFlag(g.Grouping)).Select(g => g.Word)],
            Totals = totals,
            Rows = sorted,
            Start = (int)(question.Parameters.Whole("start") ?? 1),
            Columns = Columns(question.Parameters),
            Sort = selection.Sort,
            Timeline = totals.Count > 0 && days.Count > 1 ? await TimelineAsync() : [],
            Events = totals.Count > 0 && days.Count > 1 && store.Claims <= MostComputed
                ? await events.ReadAsync(http, question.Address, filter, main, cancel) : [],
            IsTimelineTooLong = days.Count == 0 && !filter.IsOfTotals,
            MainUnit = main,
            Deadlines = deadlines.Items,
            HasMoreDeadlines = deadlines.Cursor is not null,
            Latest = latest.Items,
            Names = catalogue.Shown,
        };
        return (answer, await FacetsAsync());

        // A facet may ask for the rows of the table again.
        async Task<IReadOnlyList<BalanceResponse>> RowsAsync(Grouping groups, bool withSources = true)
        {
            if (read.TryGetValue(groups, out var known)) return known;
            var grouped = filter with { GroupBy = groups };
            return read[groups] = Shown(await balances.RowsAsync(grouped, catalogue.Tree, cancel, withSources), groups);
        }

        IReadOnlyList<BalanceResponse> Shown(IReadOnlyList<BalanceSums> sums, Grouping groups, DateOnly? of = null) =>
            [.. sums.Select(s => RoomQuestion.Row(inner, s, filter with { GroupBy = groups }, catalogue, of))];

        async Task<IReadOnlyList<(DateOnly, BalanceResponse?)>> TimelineAsync()
        {
            var rows = computed is not null ? days.SelectMany(d => computed[(Grouping.None, d)], (d, row) => (Day: d, Row: row))
                : await balances.OnDaysAsync(filter with
                {
                    GroupBy = Grouping.None,
                    Names = filter.Names with { Units = main is null ? filter.Names.Units : [main] },
                }, days, catalogue.Tree, cancel, only: TimelineChart.Measures);
            var ofUnit = rows.Where(r => r.Row.Key.Unit == main).ToLookup(r => r.Day, r => r.Row);
            return [.. days.Select(d => (d, Shown([.. ofUnit[d]], Grouping.None, d).FirstOrDefault()))];
        }

        async Task<IReadOnlyList<Facet>> FacetsAsync()
        {
            // Facts are counted alike by coarse groups and by fine ones.
            var (donors, recipients, items) = computed is not null ? (read[Subjects], read[Subjects], read[Subjects])
                : (await RowsAsync(Grouping.Donor, withSources: false), await RowsAsync(Grouping.Recipient, withSources: false),
                    await RowsAsync(Grouping.Item, withSources: false));
            return
            [
                new("recipient", "Recipients", ByCode(recipients, r => r.Key.Recipient is { } code ? [code] : [], "party:")),
                new("donor", "Donors", ByCode(donors, r => r.Key.Donors?.Codes ?? [], "party:")),
                new("item", "Items", Tree(items)),
                new("unit", "Units", [.. totals.Where(t => t.Key.Unit is not null)
                    .Select(t => new FacetChoice(t.Key.Unit!, Show.Units(t.Key.Unit, 2), Facts(t)))]),
            ];
        }

        List<FacetChoice> ByCode(IReadOnlyList<BalanceResponse> of, Func<BalanceResponse, IReadOnlyList<string>> codes, string kind) =>
            [.. of.SelectMany(r => codes(r), (r, code) => (code, Count: Facts(r))).GroupBy(r => r.code)
                .Select(g => new FacetChoice(g.Key, catalogue.Shown.GetValueOrDefault(kind + g.Key, g.Key), g.Sum(r => r.Count)))
                .OrderByDescending(c => c.Count).ThenBy(c => c.Label, StringComparer.Ordinal)];

        // Every item with all that is below it; parents stand before their children.
        List<FacetChoice> Tree(IReadOnlyList<BalanceResponse> of)
        {
            var tree = catalogue.Tree;
            var counts = of.SelectMany(r => (r.Key.Items?.Codes ?? []).SelectMany(tree.PathUp).Distinct(), (r, code) => (code, Count: Facts(r)))
                .GroupBy(r => r.code).ToDictionary(g => g.Key, g => g.Sum(r => r.Count));
            return [.. counts.OrderBy(c => string.Join('/', tree.PathUp(c.Key).Reverse().Select(NameOf)), StringComparer.OrdinalIgnoreCase)
                .Select(c => new FacetChoice(c.Key, NameOf(c.Key), c.Value, tree.Depth(c.Key)))];

            string NameOf(string code) => catalogue.Shown.GetValueOrDefault("item:" + code, code);
        }
    }

    static long Facts(BalanceResponse row) => row.Sums.Measures.Commitments + row.Sums.Measures.Deliveries + row.Sums.Measures.Requests;

    static bool IsLate(BalanceResponse row) => row.Sums.Measures.Overdue is { } overdue && (overdue.Low > 0 || overdue.High is not 0);

    static IReadOnlyList<string> Columns(Parameters parameters)
    {
        var fields = parameters.Texts("fields");
        return fields.Count == 0 ? UsualColumns
            : [.. MeasureNames.All.Select(m => m.Name).Where(m => fields.Contains(m + "_low") || fields.Contains(m + "_high"))];
    }
}
