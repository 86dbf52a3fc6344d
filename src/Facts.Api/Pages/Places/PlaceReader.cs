using Facts.Api.Articles;
using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Perimeters;
using Facts.Api.Projections;
using Facts.Api.Review;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Pages;

/// <summary>Reads the pages of single things by the lists of the interface.</summary>
internal sealed class PlaceReader(
    FactsContext database, BalanceQuery balances, FactListAnswers facts, CatalogueCache catalogues, Computation computation, ChartQuestion charts,
    TimeProvider clock)
{
    /// <summary>Parameters of a page of one thing.</summary>
    public static IReadOnlyList<ParameterSpec> Parameters { get; } = ListParameters.Time;

    const int Most = 30, MostReported = 200;

    /// <summary>A donor, recipient or item. A name or an alias gives the code to go to; an unknown one gives null for both.</summary>
    public async Task<(SubjectPlace? Place, string? Code)> SubjectAsync(HttpContext http, string kind, string name, Parameters parameters,
        CancellationToken cancel)
    {
        var catalogue = await catalogues.ReadAsync(http, cancel);
        var isItem = kind == "items";
        var code = isItem ? catalogue.Catalogue.Item(name)?.Code : catalogue.Catalogue.Party(name);
        if (code is null || code != name) return (null, code);
        var (parameter, groups) = kind switch
        {
            "donors" => ("donor", "recipient,category"),
            "recipients" => ("recipient", "donor,category"),
            _ => ("item", "donor,recipient"),
        };
        (string, string)[] filter = [(parameter, QueryText.Quoted(code)), .. Time(parameters)];
        var totals = await RowsAsync(http, filter, catalogue, cancel);
        var rows = await RowsAsync(http, [.. filter, ("group_by", groups)], catalogue, cancel);
        var commitments = await CommitmentsAsync(http, [.. filter, ("sort", "due_on"), ("limit", $"{Most}")]);
        (string, string)[] reviewed = [.. filter, ("possible_overlap", "true"), ("limit", "10")];
        var (ofCommitments, ofDeliveries, ofRequests) =
            (await CommitmentsAsync(http, reviewed), await DeliveriesAsync(http, reviewed), await RequestsAsync(http, reviewed));
        var latest = await RoomQuestion.RowsAsync<ClaimResponse>(http, "/v1/claims", [.. filter, ("sort", "-recorded_at,-stated_on"), ("limit", "6")],
            (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token));
        var place = new SubjectPlace
        {
            Kind = kind,
            Parameter = parameter,
            Code = code,
            Name = catalogue.Shown.GetValueOrDefault((isItem ? "item:" : "party:") + code, code),
            Path = isItem ? [.. catalogue.Tree.PathUp(code).Skip(1).Reverse()] : [],
            Below = isItem ? [.. catalogue.Catalogue.Items.Where(i => i.Parent == code).Select(i => i.Code).Order(StringComparer.Ordinal)] : [],
            Totals = [.. totals.OrderByDescending(t => t.Sums.Measures.Commitments)],
            GroupedBy = groups,
            Rows = [.. rows.OrderByDescending(r => r.Sums.Measures.Overdue?.Low).ThenByDescending(r => r.Sums.Measures.Committed?.Low).ThenBy(r => r.Key)],
            Chart = await ChartAsync(http, filter, cancel),
            Commitments = commitments.Items,
            HasMore = commitments.Cursor is not null,
            InReview = [.. ofCommitments.Items, .. ofDeliveries.Items, .. ofRequests.Items],
            MoreInReview = [.. new[] { ("commitments", "/commitments", ofCommitments.Cursor), ("deliveries", "/deliveries", ofDeliveries.Cursor),
                ("requests", "/v1/requests", ofRequests.Cursor) }.Where(list => list.Item3 is not null)
                .Select(list => (list.Item1, new PageAddress(list.Item2, [.. filter, ("possible_overlap", "true")])))],
            Latest = latest.Items,
            AsOf = parameters.Day("as_of") ?? clock.Today,
            Names = catalogue.Shown,
        };
        return (place, code);
    }

    async Task<ChartQuestion.Chart?> ChartAsync(HttpContext http, IEnumerable<(string, string)> filter, CancellationToken cancel)
    {
        var inner = RoomQuestion.Request(http, "/v1/balances/chart.svg", [.. filter, ("chart", "timeline")]);
        return await charts.DrawAsync(inner, Http.Parameters.Read(inner, ChartQuestion.Parameters), cancel);
    }

    /// <summary>A fact; else the address of the fact that took over from it, or null for both.</summary>
    public async Task<(FactPlace? Place, string? Successor)> FactAsync(HttpContext http, string kind, string id, Parameters parameters,
        CancellationToken cancel)
    {
        if (!ResourceId.TryParse(id, out _)) return (null, null);
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var place = kind switch
        {
            "commitments" => await ReadAsync<CommitmentRow>(http, kind, id, CommitmentListSchema.Fields, r => r.Commitments, parameters, names,
                c => About(c, parameters.Day("as_of") ?? clock.Today)),
            "deliveries" => await ReadAsync<DeliveryRow>(http, kind, id, DeliveryListSchema.Fields, r => r.Deliveries, parameters, names, About),
            _ => await ReadAsync<RequestRow>(http, kind, id, RequestListSchema.Fields, r => r.Requests, parameters, names, About),
        };
        if (place is null) return (null, await SuccessorAsync(http, kind, id, parameters, cancel));
        if (kind != "commitments") return (place, null);
        var (history, _) = await CommitmentHistory.ReadAsync(http, parameters, id, database, catalogues, computation, clock, cancel);
        return (place with
        {
            History = history,
            Parts = place.Row.Key is { } key ? await KeyedAsync("part_of", key) : [],
            Wholes = place.Row is CommitmentRow { PartOf: { } whole } ? await KeyedAsync("key", whole) : [],
        }, null);

        async Task<IReadOnlyList<CommitmentRow>> KeyedAsync(string by, string key) =>
            (await CommitmentsAsync(http, [(by, QueryText.Quoted(key)), .. Time(parameters)])).Items;
    }

    public async Task<ClaimPlace?> ClaimAsync(HttpContext http, string id, CancellationToken cancel)
    {
        if (!ResourceId.TryParse(id, out _)) return null;
        // A claim that is superseded or of a retracted article has a page too: so these two filters let all through.
        var page = await RoomQuestion.RowsAsync<ClaimResponse>(http, "/v1/claims",
            [("id", id), ("superseded_by__not", "0"), ("article_status", "active,corrected,retracted")],
            (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token));
        if (page.Items is not [var claim]) return null;
        return new(claim, await FactOfAsync(http, claim, id), (await catalogues.ReadAsync(http, cancel)).Shown);
    }

    /// <summary>The fact whose first claim it is; null for a later claim of a fact, and for one that is no report of a fact.</summary>
    async Task<FactRow?> FactOfAsync(HttpContext http, ClaimResponse claim, string id)
    {
        (string, string)[] query = [("id", id)];
        return claim.Claim.Kind switch
        {
            "pledge" => (await CommitmentsAsync(http, query)).Items.FirstOrDefault(),
            "delivery" => (await DeliveriesAsync(http, query)).Items.FirstOrDefault(),
            "request" => (await RequestsAsync(http, query)).Items.FirstOrDefault(),
            _ => null,
        };
    }

    public async Task<ArticlePlace?> ArticleAsync(HttpContext http, string id)
    {
        if (!ResourceId.TryParse(id, out _)) return null;
        var page = await RoomQuestion.RowsAsync<ArticleRow>(http, "/v1/articles", [("id", id), ("embed", "claims")],
            (request, token) => ArticleEndpoints.ListAsync(request, database, token));
        if (page.Items is not [var article]) return null;
        var claims = page.Nested<ArticleRow, EvidenceRow>(article, "claims");
        var reported = await ReportedAsync(http, article.Id, [.. claims.Select(c => c.Id)]);
        if (reported.Count == 0) return new(article, claims, [], HasMorePairs: false);
        var ids = string.Join(',', reported.Take(MostReported));
        var (a, b) = (await PairsAsync(http, ("a", ids)), await PairsAsync(http, ("b", ids)));
        var pairs = await NamedAsync(http, a.Items.Concat(b.Items).DistinctBy(p => p.Id).Select(ReviewedPair.From));
        return new(article, claims, pairs, reported.Count > MostReported || a.Cursor is not null || b.Cursor is not null);
    }

    /// <summary>Numbers of the facts under review that an article reports, the first of all or later.</summary>
    async Task<List<long>> ReportedAsync(HttpContext http, long article, long[] claims)
    {
        var partitions = await database.Set<ClaimRow>().Where(c => c.ArticleId == article && c.SupersededIn == null).Select(c => c.Partition).Distinct()
            .ToArrayAsync(http.RequestAborted);
        (string, string)[] reviewed = [("possible_overlap", "true"), ("limit", $"{MostReported + 1}")];
        IEnumerable<FactRow> found =
        [
            .. (await RoomQuestion.RowsAsync<CommitmentRow>(http, "/v1/commitments", reviewed, (request, token) =>
                facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token, narrow: Reporting))).Items,
            .. (await RoomQuestion.RowsAsync<DeliveryRow>(http, "/v1/deliveries", reviewed, (request, token) =>
                facts.AnswerAsync(request, DeliveryListSchema.Fields, r => r.Deliveries, token, narrow: Reporting))).Items,
            .. (await RoomQuestion.RowsAsync<RequestRow>(http, "/v1/requests", reviewed, (request, token) =>
                facts.AnswerAsync(request, RequestListSchema.Fields, r => r.Requests, token, narrow: Reporting))).Items,
        ];
        return [.. found.Select(f => f.Id)];

        IQueryable<TRow> Reporting<TRow>(IQueryable<TRow> rows) where TRow : FactRow => rows.OfClaims(partitions, claims);
    }

    public async Task<(ExplainPlace? Place, Problem? Problem)> ExplainAsync(HttpContext http, PageQuestion question, CancellationToken cancel)
    {
        var inner = RoomQuestion.Request(http, "/v1/balances/explain", question.Address.Query);
        var (explanation, problem) = await BalanceEndpoints.ExplanationAsync(inner, question.Parameters, database, balances, catalogues, clock, cancel);
        if (explanation is null) return (null, problem);
        var shown = ExplainPlace.Shown(explanation).ToHashSet();
        var claims = explanation.Claims.SelectMany(c => c.About, (c, f) => (Fact: (f.Kind, f.Id), Claim: c)).Where(x => shown.Contains(x.Fact))
            .ToLookup(x => x.Fact, x => x.Claim);
        var sources = await EvidenceRow.ReadByClaimsAsync(database, [.. claims.SelectMany(of => of).Select(c => c.Id).Distinct()], cancel);
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var pairs = await NamedAsync(http, explanation.Pairs.Take(ExplainPlace.Most).Select(ReviewedPair.From));
        var place = new ExplainPlace(
            explanation, claims, sources.ToDictionary(s => s.Id, s => s.ArticleUrl), new Dictionary<(string, long), FactRow>(), pairs, names);
        // A fact of a later day is none as of the day of the row.
        var others = explanation.Exclusions.Take(ExplainPlace.Most).Where(e => !place.Facts.ContainsKey(e.Id)).Select(e => (e.Kind, e.Id));
        return (place with { Others = await FactsAsync(http, others) }, null);
    }

    /// <summary>Facts by kind and number, as they are today. Numbers of claims find none.</summary>
    async Task<IReadOnlyDictionary<(string, long), FactRow>> FactsAsync(HttpContext http, IEnumerable<(string Kind, long Id)> wanted)
    {
        var found = new Dictionary<(string, long), FactRow>();
        foreach (var kind in wanted.Distinct().ToLookup(f => f.Kind, f => f.Id))
        {
            (string, string)[] query = [("id", string.Join(',', kind)), ("limit", $"{ListParameters.MaxRows}")];
            IEnumerable<FactRow> facts = kind.Key switch
            {
                "commitment" => (await CommitmentsAsync(http, query)).Items,
                "delivery" => (await DeliveriesAsync(http, query)).Items,
                "request" => (await RequestsAsync(http, query)).Items,
                _ => [],
            };
            foreach (var fact in facts) found[(kind.Key, fact.Id)] = fact;
        }
        return found;
    }

    async Task<IReadOnlyList<ReviewedPair>> NamedAsync(HttpContext http, IEnumerable<ReviewedPair> unnamed)
    {
        var pairs = unnamed.ToList();
        var facts = await FactsAsync(http, pairs.SelectMany(p => new[] { (p.A.Kind, p.A.Id), (p.B.Kind, p.B.Id) }));
        var names = (await catalogues.ReadAsync(http, http.RequestAborted)).Shown;
        return [.. pairs.Select(p => p.Named(facts, names))];
    }

    /// <summary>The perimeter with this code; null where there is none.</summary>
    public async Task<PerimeterRow?> PerimeterAsync(HttpContext http, string code) =>
        (await PerimetersAsync(http, ("code", QueryText.Quoted(code.ToLowerInvariant())))).FirstOrDefault();

    /// <summary>Perimeters by name, the first ones.</summary>
    public async Task<IReadOnlyList<PerimeterRow>> PerimetersAsync(HttpContext http, params IEnumerable<(string, string)> filter) =>
        (await RoomQuestion.RowsAsync<PerimeterRow>(http, "/v1/perimeters", [.. filter, ("sort", "name"), ("limit", $"{Most}")],
            (request, token) => PerimeterEndpoints.ListAsync(request, database, token))).Items;

    /// <summary>A page that says that something is not there, and what may be meant.</summary>
    public async Task<MissingPlace> MissingAsync(HttpContext http, string kind, string asked, CancellationToken cancel)
    {
        var catalogue = (await catalogues.ReadAsync(http, cancel)).Catalogue;
        var known = kind switch
        {
            "donors" or "recipients" => catalogue.PartyNames,
            "items" => catalogue.ItemNames,
            _ => [],
        };
        var near = new SuggestionIndex(known).Find(asked).Take(3)
            .Select(n => (n, $"/{kind}/{Uri.EscapeDataString((kind == "items" ? catalogue.Item(n)?.Code : catalogue.Party(n)) ?? n)}"));
        return new(kind switch { "deliveries" => "delivery", "explain" => "row", _ => kind[..^1] }, asked, [.. near],
            kind is "commitments" or "deliveries" or "claims" or "articles" ? "/" + kind : "/");
    }

    async Task<FactPlace?> ReadAsync<TRow>(HttpContext http, string kind, string id, ListSchema<TRow> schema, Func<FactRows, List<TRow>> select,
        Parameters parameters, IReadOnlyDictionary<string, string> names, Func<TRow, List<(string, string)>> about) where TRow : FactRow, new()
    {
        var hasLinks = typeof(TRow) != typeof(RequestRow);
        var page = await RoomQuestion.RowsAsync<TRow>(http, "/v1/" + kind,
            [("id", id), ("embed", hasLinks ? "links,evidence" : "evidence"), .. Time(parameters)],
            (request, token) => facts.AnswerAsync(request, schema, select, token));
        if (page.Items is not [var row]) return null;
        var links = hasLinks ? page.Nested<TRow, FactLink>(row, "links") : [];
        var pairs = !row.PossibleOverlap ? [] : await NamedAsync(http, ((CandidateRow[])[.. (await PairsAsync(http, ("a", id), ("a_kind", KindOf(kind)))).Items,
            .. (await PairsAsync(http, ("b", id), ("b_kind", KindOf(kind)))).Items]).Select(ReviewedPair.From));
        return new()
        {
            Kind = kind,
            Row = row,
            Title = FactText.Of(row, names),
            About = about(row),
            Links = links,
            Linked = await LinkedAsync(http, kind, links, parameters),
            Evidence = page.Nested<TRow, EvidenceRow>(row, "evidence"),
            Pairs = pairs,
            Address = new PageAddress($"/{kind}/{row.Id}", Time(parameters)),
            AsOf = parameters.Day("as_of") ?? clock.Today,
            Names = names,
        };
    }

    async Task<IReadOnlyDictionary<long, FactRow>> LinkedAsync(HttpContext http, string kind, IReadOnlyList<FactLink> links, Parameters parameters)
    {
        if (links.Count == 0) return new Dictionary<long, FactRow>();
        var ids = links.Select(l => kind == "commitments" ? l.DeliveryId : l.CommitmentId).Distinct().Take(ListParameters.DefaultLimit);
        (string, string)[] query = [("id", string.Join(',', ids)), .. Time(parameters)];
        IEnumerable<FactRow> rows = kind == "commitments"
            ? (await DeliveriesAsync(http, query)).Items
            : (await CommitmentsAsync(http, query)).Items;
        return rows.ToDictionary(r => r.Id);
    }

    static string KindOf(string places) => places == "deliveries" ? "delivery" : places[..^1];

    Task<ListPage<CandidateRow>> PairsAsync(HttpContext http, params (string, string)[] filter) => RoomQuestion.RowsAsync<CandidateRow>(
        http, "/v1/review", filter, (request, token) => ReviewEndpoints.ListAsync(request, database, catalogues, computation, clock, token));

    async Task<string?> SuccessorAsync(HttpContext http, string kind, string id, Parameters parameters, CancellationToken cancel)
    {
        var request = RoomQuestion.Request(http, $"/v1/{kind}/{id}", Time(parameters));
        Http.Parameters.ReadOnce(request, ListParameters.Time);
        var answer = kind switch
        {
            "commitments" => await facts.GetAsync(request, id, kind, CommitmentListSchema.Fields, r => r.Commitments, cancel),
            "deliveries" => await facts.GetAsync(request, id, kind, DeliveryListSchema.Fields, r => r.Deliveries, cancel),
            _ => await facts.GetAsync(request, id, kind, RequestListSchema.Fields, r => r.Requests, cancel),
        };
        return answer is RedirectHttpResult { Url: var url } ? url["/v1".Length..] : null;
    }

    async Task<IReadOnlyList<BalanceResponse>> RowsAsync(
        HttpContext http, (string, string)[] query, CatalogueSnapshot catalogue, CancellationToken cancel)
    {
        var inner = RoomQuestion.Request(http, "/v1/balances", query);
        var parameters = Http.Parameters.Read(inner, BalanceFilter.Parameters);
        var filter = BalanceFilter.Read(parameters, catalogue.Catalogue, parameters.Day("as_of") ?? clock.Today);
        if (parameters.Problem is { } problem) throw new ProblemException(problem);
        return [.. (await balances.RowsAsync(filter, catalogue.Tree, cancel)).Select(s => RoomQuestion.Row(inner, s, filter, catalogue))];
    }

    Task<ListPage<CommitmentRow>> CommitmentsAsync(HttpContext http, (string, string)[] query) => RoomQuestion.RowsAsync<CommitmentRow>(
        http, "/v1/commitments", query, (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, rows => rows.Commitments, token));

    Task<ListPage<DeliveryRow>> DeliveriesAsync(HttpContext http, (string, string)[] query) => RoomQuestion.RowsAsync<DeliveryRow>(
        http, "/v1/deliveries", query, (request, token) => facts.AnswerAsync(request, DeliveryListSchema.Fields, rows => rows.Deliveries, token));

    Task<ListPage<RequestRow>> RequestsAsync(HttpContext http, (string, string)[] query) => RoomQuestion.RowsAsync<RequestRow>(
        http, "/v1/requests", query, (request, token) => facts.AnswerAsync(request, RequestListSchema.Fields, rows => rows.Requests, token));

    static (string, string)[] Time(Parameters parameters) =>
    [
        .. parameters.Day("as_of") is { } day ? [("as_of", WireValue.Format(day)!)] : Array.Empty<(string, string)>(),
        .. parameters.Instant("known_at") is { } moment ? [("known_at", WireValue.Format(moment)!)] : Array.Empty<(string, string)>(),
    ];

    static List<(string, string)> About(CommitmentRow c, DateOnly asOf) =>
    [
        c.Firmness == "intent" ? ("intended", Show.Amount(c.IntendedLow, c.IntendedHigh, c.Unit))
            : ("committed", Show.Amount(c.CommittedLow, c.CommittedHigh, c.Unit)),
        .. c.Firmness != "intent" && (c.OriginalLow, c.OriginalHigh) != (c.CommittedLow, c.CommittedHigh)
            ? [("original", Show.Amount(c.OriginalLow, c.OriginalHigh, c.Unit))] : Array.Empty<(string, string)>(),
        ("delivered", Show.Interval(c.DeliveredLow, c.DeliveredHigh)),
        ("outstanding", c.Unquantified ? Show.Unknown : Show.Interval(c.OutstandingLow, c.OutstandingHigh)),
        ("overdue", !c.Unquantified ? Show.Interval(c.OverdueLow, c.OverdueHigh)
            : c is { Conditional: false, Firmness: not "intent", Status: "open" or "partial" } && c.DueTo < asOf ? Show.Unknown : "0"),
        ("deadline", c.DueOn is null ? "none"
            : Show.Date(c.DueOn) + (c.OriginalDueOn is { } first && first != c.DueOn ? $" (at first {Show.Date(first)})" : "")),
        ("firmness", Show.Word(c.Firmness)),
        ("first said", Show.Date(c.StatedOn)),
        ("publishers", Show.Exact(c.Publishers)),
    ];

    static List<(string, string)> About(DeliveryRow d) =>
    [
        ("delivered", Show.Amount(d.DeliveredLow, d.DeliveredHigh, d.Unit)),
        ("unpledged", d.Unquantified ? Show.Unknown : Show.Interval(d.UnpledgedLow, d.UnpledgedHigh)),
        ("when", d.HappenedOn is null ? "not known" : Show.Date(d.HappenedOn)),
        ("stage", Show.Word(d.Stage)),
        ("publishers", Show.Exact(d.Publishers)),
    ];

    static List<(string, string)> About(RequestRow r) =>
    [
        ("requested", Show.Amount(r.RequestedLow, r.RequestedHigh, r.Unit)),
        ("unmet_need", r.Unquantified ? Show.Unknown : Show.Interval(r.UnmetNeedLow, r.UnmetNeedHigh)),
        ("first said", Show.Date(r.StatedOn)),
        ("publishers", Show.Exact(r.Publishers)),
    ];
}
