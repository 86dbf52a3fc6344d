using Facts.Api.Http;
using Facts.Api.Ledger;

namespace Facts.Api.Balances;

/// <summary>Why a row says what it says: the facts behind it, their links and claims, and sums that come out at its numbers.</summary>
internal static class BalanceExplanation
{
    /// <summary>Stands for a group without a value, such as requests that ask nobody.</summary>
    const string None = "-";

    static readonly (string Word, Func<BalanceKey, string?> Of)[] Parts =
    [
        ("unit", k => k.Unit), ("donor", k => k.Donor), ("recipient", k => k.Recipient), ("item", k => k.Item), ("category", k => k.Category),
        ("year_stated", k => k.YearStated?.ToString()), ("year_due", k => k.YearDue?.ToString()),
    ];

    public static readonly ParameterSpec[] RowParameters =
        [.. Parts.Select(p => new ParameterSpec("row_" + p.Word, WireType.Text, $"The row's {p.Word}, or - where it has none."))];

    /// <summary>The URL of the explanation of a row: the row's own question, and which row.</summary>
    /// <param name="day">The day of the row; null where the question says it.</param>
    public static string Url(HttpRequest request, BalanceKey key, Grouping groups, DateOnly? day = null)
    {
        var asked = request.Query.Where(q => !q.Key.StartsWith("row_", StringComparison.Ordinal) && Timeline.Parameters.All(p => p.Name != q.Key))
            .SelectMany(q => q.Value, (q, value) => (q.Key, Value: value));
        if (day is { } end) asked = asked.Append((Key: "as_of", Value: end.ToString("yyyy-MM-dd")));
        var grouped = BalanceFilter.Groups.Where(g => groups.HasFlag(g.Grouping)).Select(g => g.Word).Prepend("unit").ToList();
        var row = Parts.Where(p => grouped.Contains(p.Word)).Select(p => (Key: "row_" + p.Word, Value: (string?)(p.Of(key) ?? None)));
        return "/v1/balances/explain" + QueryString.Create(asked.Concat(row).Select(q => KeyValuePair.Create(q.Key, q.Value)));
    }

    public static bool IsMeant(BalanceKey key, Parameters parameters) =>
        Parts.All(p => !parameters.Has("row_" + p.Word) || (p.Of(key) ?? None) == parameters.Text("row_" + p.Word));

    public static object Of(BalanceRow row, Dictionary<string, object?> wire, BalanceFilter filter, DateTimeOffset knownAt, long version)
    {
        var rows = FactRows.Of(row.Standings);
        var here = row.Standings.ToDictionary(s => (s.Kind, s.FactId));
        var links = row.Standings.SelectMany(s => s.Links).DistinctBy(l => (l.Commitment.Id, l.Delivery.Id, l.Explicit)).ToList();
        return new
        {
            row = wire,
            as_of = filter.View.AsOf,
            known_at = knownAt,
            dataset_version = version,
            min_stage = Words.Of(filter.View.MinStage),
            links_used = Words.Of(filter.View.Links),
            vague = filter.Policy.Name,
            arithmetic = BalanceResponse.Measured.Select(m => Arithmetic(m.Name, m.Of, row)),
            requests = rows.Requests,
            commitments = rows.Commitments,
            deliveries = rows.Deliveries,
            links = links.Select(l => new
            {
                commitment_id = l.Commitment.Id, delivery_id = l.Delivery.Id, quantity_low = l.Quantity.Low, quantity_high = l.Quantity.High, @explicit = l.Explicit,
            }),
            claims = row.Standings.SelectMany(s => s.Claims, (s, c) => (Standing: s, Claim: c)).GroupBy(x => x.Claim.Id).Select(x => Claim(x.First().Claim, x.Select(y => y.Standing))),
            reasons = row.Standings.Where(s => s.Reasons.Count > 0).Select(s => new { kind = Words.Of(s.Kind), id = s.FactId, reasons = s.Reasons }),
            left_out = row.Standings.SelectMany(LeftOut),
        };
    }

    /// <summary>The terms whose lows and highs add up to the row's; a running total's rest may have its ends exchanged.</summary>
    static object Arithmetic(string measure, Func<Measures, Interval?> of, BalanceRow row)
    {
        var total = of(row.Measures);
        return new
        {
            measure,
            low = total?.Low,
            high = total?.High,
            terms = row.Standings.Select(s => (Standing: s, Number: of(s.Measures)))
                .Where(t => t.Number is { } number && number != Interval.Zero)
                .Select(t => new { kind = Words.Of(t.Standing.Kind), id = t.Standing.FactId, low = t.Number!.Value.Low, high = t.Number!.Value.High }),
        };
    }

    static object Claim(Claim claim, IEnumerable<Standing> facts) => new
    {
        id = claim.Id,
        external_id = claim.ExternalId,
        kind = Words.Of(claim.Kind),
        stated_on = claim.Stated.Text,
        happened_on = claim.Happened?.Text,
        due_on = claim.Due?.Text,
        quantity_low = claim.Quantity?.Low,
        quantity_high = claim.Quantity?.High,
        quantity_basis = Words.Of(claim.Basis),
        unit = claim.Unit,
        quote = claim.Quote?.Exact,
        quote_prefix = claim.Quote?.Prefix,
        quote_suffix = claim.Quote?.Suffix,
        article_id = claim.Article.Id,
        article = claim.Article.Name,
        article_title = claim.Article.Title,
        article_publisher = claim.Article.Publisher,
        article_published_on = claim.Article.PublishedOn?.Text,
        about = facts.Select(f => new { kind = Words.Of(f.Kind), id = f.FactId }),
    };

    /// <summary>What is behind the row and adds nothing to some number of it, and why.</summary>
    static IEnumerable<object> LeftOut(Standing standing)
    {
        foreach (var why in Reasons(standing)) yield return new { kind = Words.Of(standing.Kind), id = standing.FactId, why };
    }

    static IEnumerable<string> Reasons(Standing standing)
    {
        if (standing.Unquantified) yield return "unspecified";
        if (standing.Disputed) yield return "disputed";
        if (standing is CommitmentStanding { Conditional: true }) yield return "conditional";
        if (standing is CommitmentStanding { Firmness: Firmness.Intent }) yield return "intent";
    }
}
