using Facts.Api.Changes;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Balances;

/// <summary>Builds the explanation of a row, and the URL of the explanation.</summary>
internal static class BalanceExplanation
{
    /// <summary>Stands for a group without a value. Example: <c>row_donor=-</c> for requests that ask no party.</summary>
    const string None = "-";

    static readonly (string Word, Func<BalanceKey, string?> Of)[] Parts =
    [
        ("unit", k => k.Unit), ("donor", k => k.Donor), ("recipient", k => k.Recipient), ("item", k => k.Item), ("category", k => k.Category),
        ("year_stated", k => k.YearStated?.ToString()), ("year_due", k => k.YearDue?.ToString()),
    ];

    // A row in the answer to the examples of BalanceFilter.
    static readonly Dictionary<string, string> ExampleRow = new() { ["unit"] = "system", ["donor"] = "DEU" };

    public static readonly ParameterSpec[] RowParameters =
        [.. Parts.Select(p => new ParameterSpec("row_" + p.Word, WireType.Text, $"Value of `{p.Word}` in the row; `-` where the row has none.")
        {
            Example = ExampleRow.GetValueOrDefault(p.Word),
        })];

    /// <summary>Gives the URL of the explanation of each row of an answer. It repeats the query of the row and adds the key of the row.</summary>
    /// <param name="request">The query.</param>
    /// <param name="groups">The groups of the rows.</param>
    /// <param name="isTimeline">True where each row has a day of its own.</param>
    public static Func<BalanceKey, DateOnly, string> Urls(HttpRequest request, Grouping groups, bool isTimeline = false)
    {
        var query = QueryString.Create(request.Query.Where(q => BalanceFilter.Parameters.Any(p => p.Name == q.Key) && !(isTimeline && q.Key == "as_of"))
            .SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)));
        var grouped = BalanceFilter.Groups.Where(g => groups.HasFlag(g.Grouping)).Select(g => g.Word).Prepend("unit").ToList();
        var parts = Parts.Where(p => grouped.Contains(p.Word)).ToList();
        return (key, day) => "/v1/balances/explain" + parts.Aggregate(
            isTimeline ? query.Add("as_of", day.ToString("yyyy-MM-dd")) : query, (url, part) => url.Add("row_" + part.Word, part.Of(key) ?? None));
    }

    /// <summary>True if a row has this key, as far as the parameters <c>row_*</c> say.</summary>
    public static bool Matches(BalanceKey key, Parameters parameters) =>
        Parts.All(p => !parameters.Has("row_" + p.Word) || (p.Of(key) ?? None) == parameters.Text("row_" + p.Word));

    /// <summary>The names in the parameters <c>row_*</c>, and the names of the query where these parameters are missing.</summary>
    public static NameFilter NamesOfRow(NameFilter query, Parameters parameters)
    {
        string? Part(string word) => parameters.Text("row_" + word) is { } text && text != None ? text : null;
        return new(Part("donor")?.Split('+') ?? query.Donors, Part("recipient") is { } recipient ? [recipient] : query.Recipients,
            Part("item")?.Split('|') ?? query.Items, Part("unit") is { } unit ? [unit] : query.Units);
    }

    public static Explanation Build(
        ExplainedRow explained, BalanceResponse response, IReadOnlyList<Exclusion> exclusions, ItemTree items, DateTimeOffset knownAt, long version)
    {
        var row = explained.Row;
        var rows = FactRows.From(row.Facts);
        var related = FactRows.From(explained.Related);
        return new()
        {
            Row = response,
            KnownAt = knownAt,
            DatasetVersion = version,
            Arithmetic = MadeList.Of(MeasureNames.All, m => Arithmetic(m.Name, m.Of, row)),
            Counts = MadeList.Of(Counted, c => new CountSum(c.Name, c.Of(row.Measures),
                [.. row.Facts.Where(s => c.Of(s.Measures) != 0).Select(s => new FactName(s.Kind, s.FactId))])),
            Requests = rows.Requests,
            Commitments = rows.Commitments,
            Deliveries = rows.Deliveries,
            Links = MadeList.Of(
                row.Facts.SelectMany(s => s.Links).DistinctBy(l => (l.Commitment.Id, l.Delivery.Id, l.Explicit)).ToList(), l => Link(l, items)),
            Claims = Claims(row.Facts),
            Related = explained.Related.Count == 0 ? null : new(related.Commitments, related.Deliveries, Claims(explained.Related)),
            Pairs = MadeList.Of(explained.Pairs, ExplainedPair.From),
            FulfilmentRate = Rate(row.Measures),
            Reasons = row.Facts.Select(s => new FactReasons(s.Kind, s.FactId, s.Reasons)).Where(r => r.Reasons.Count > 0),
            Exclusions = exclusions,
        };
    }

    static List<ExplainedClaim> Claims(IEnumerable<FactState> states) =>
    [
        .. states.SelectMany(s => s.Claims, (s, c) => (State: s, Claim: c))
            .GroupBy(x => x.Claim.Id)
            .Select(x => Claim(x.First().Claim, x.Select(y => y.State))),
    ];

    /// <summary>A sentence about the computation of the fulfilment rate; null where nothing is committed.</summary>
    static string? Rate(Measures sums) => sums.FulfilmentRate() is not null && sums is { Credited: { } credited, Committed: { } committed }
        ? $"from {Reasons.Format(credited)} credited of {Reasons.Format(committed)} committed: least of most, and most of least, at most 1" : null;

    /// <summary>The terms whose lows and highs add up to those of the row. The unexplained rest of a cumulative total can have a low above its high.</summary>
    static MeasureSum Arithmetic(string measure, Func<Measures, Interval?> of, BalanceRow row)
    {
        var total = of(row.Measures);
        return new(measure, total?.Low, total?.High,
            [.. row.Facts.Select(s => (State: s, Number: of(s.Measures)))
                .Where(t => t.Number is { } number && number != Interval.Zero)
                .Select(t => new MeasureTerm(t.State.Kind, t.State.FactId, t.Number!.Value.Low, t.Number!.Value.High, How(measure, t.State)))],
            row.Facts.Select(s => of(s.Measures)).OfType<Interval>().Aggregate(Interval.Zero, (a, b) => a + b) is { High: { } high } sum && high < sum.Low);
    }

    static readonly (string Name, Func<Measures, int> Of)[] Counted =
    [
        ("commitments", m => m.Commitments), ("deliveries", m => m.Deliveries), ("requests", m => m.Requests), ("unquantified", m => m.Unquantified),
        ("conditional", m => m.Conditional), ("on_hold", m => m.OnHold), ("disputed", m => m.Disputed), ("conflicts", m => m.Conflicts),
        ("possible_overlap", m => m.PossibleOverlap),
    ];

    /// <summary>A sentence about the computation of the quantity that a fact adds to a measure; null where the claims give the quantity.</summary>
    static string? How(string measure, FactState state) => (measure, state) switch
    {
        ("original" or "committed" or "intended", CommitmentState { PartsTaken: { } parts } c) =>
            $"{Reasons.Format(c.Whole)} less {Reasons.Format(parts)} of its parts",
        ("committed", CommitmentState c) when c.Current != c.Original => $"{Reasons.Format(c.Original)} at first, then amended or cancelled",
        ("credited", CommitmentState c) => $"the smaller of {Reasons.Format(c.Delivered)} delivered to it and {Reasons.Format(c.Current)} committed",
        ("surplus", CommitmentState c) => $"{Reasons.Format(c.Delivered)} delivered to it, less {Reasons.Format(c.Current)} committed",
        ("outstanding", CommitmentState c) => $"{Reasons.Format(c.Current)} committed, less {Reasons.Format(c.Delivered)} delivered to it",
        ("overdue", CommitmentState c) => $"{Reasons.Format(c.Outstanding)} outstanding, due {c.Due?.InWords()}",
        ("overdue_original", CommitmentState c) => $"{Reasons.Format(c.Outstanding)} outstanding, due {c.OriginalDue?.InWords()} at first",
        ("unpledged", DeliveryState { Links.Count: 0, Delivery.CommitmentKey: { } key }) =>
            $"names the commitment '{key}', of which no pledge was stated in {state.Unit} by the day",
        ("unpledged", DeliveryState d) =>
            $"{Reasons.Format(d.Delivered)} delivered, less {(d.Links.Count == 0 ? "nothing: no commitment takes it" : "what went to commitments")}",
        ("unmet_need", RequestState r) =>
            $"{Reasons.Format(r.Requested)} asked for, less {Reasons.Format(r.Met)} that was committed or came unpledged since",
        _ => null,
    };

    static ExplainedLink Link(Link link, ItemTree items)
    {
        var reason = Reasons.For(link, items);
        return new(link.Commitment.Id, link.Delivery.Id, link.Quantity.Low, link.Quantity.High, link.Explicit, reason.Rule, reason.Text);
    }

    static ExplainedClaim Claim(Claim claim, IEnumerable<FactState> facts) => new()
    {
        Id = claim.Id,
        ExternalId = claim.ExternalId,
        Kind = claim.Kind,
        StatedOn = claim.Stated.Text,
        HappenedOn = claim.Happened?.Text,
        DueOn = claim.Due?.Text,
        QuantityLow = claim.Quantity?.Low,
        QuantityHigh = claim.Quantity?.High,
        QuantityBasis = claim.Basis,
        Unit = claim.Unit,
        Quote = claim.Quote?.Exact,
        QuotePrefix = claim.Quote?.Prefix,
        QuoteSuffix = claim.Quote?.Suffix,
        ArticleId = claim.Article.Id,
        Article = claim.Article.Name,
        ArticleTitle = claim.Article.Title,
        ArticlePublisher = claim.Article.Publisher,
        ArticlePublishedOn = claim.Article.PublishedOn?.Text,
        About = [.. facts.Select(f => new FactName(f.Kind, f.FactId))],
    };
}
