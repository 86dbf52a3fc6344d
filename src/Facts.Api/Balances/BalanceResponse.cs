using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>A row as it is answered: its groups by code and name, its unit, its measures as two numbers each, its counts.</summary>
/// <param name="Row">Sums and counts under their key.</param>
/// <param name="AsOf">The day it stands so at the end of.</param>
/// <param name="Filter">The question.</param>
/// <param name="Names">Names to show, under <c>party:CODE</c> and <c>item:code</c>.</param>
/// <param name="Explain">The URL of what is behind it.</param>
internal sealed record BalanceLine(BalanceQuery.Row Row, DateOnly AsOf, BalanceFilter Filter, IReadOnlyDictionary<string, string> Names, string Explain)
{
    /// <summary>Measures of facts that have neither firmness nor deadline.</summary>
    static readonly string[] NotOfCommitments = ["requested", "delivered", "unpledged", "unmet_need"];

    public BalanceKey Key => Row.Key;

    public string? RecipientName => Key.Recipient is { } code ? Names.GetValueOrDefault("party:" + code, code) : null;

    public bool Has(Grouping group) => Filter.GroupBy.HasFlag(group);

    /// <summary>The measure; null where the question asks by what its facts do not have.</summary>
    public Interval? Measured(string name, Func<Measures, Interval?> of) => Filter.OnlyCommitments && NotOfCommitments.Contains(name) ? null : of(Row.Measures);

    public string? Named(CodeSet? codes, string between, string noun) =>
        codes is { IsEmpty: false } ? string.Join(between, codes.Codes.Select(c => Names.GetValueOrDefault(noun + c, c))) : null;
}

/// <summary>The fields of rows of balances.</summary>
internal static class BalanceResponse
{
    /// <summary>Of rows on one day.</summary>
    public static readonly ListSchema<BalanceLine> Fields = Make(new("Balance"));

    /// <summary>Of rows on several days.</summary>
    public static readonly ListSchema<BalanceLine> OverTime = Make(new ListSchema<BalanceLine>("BalanceOnDay")
        .Field("as_of", l => l.AsOf, "The day it stands so at the end of."));

    static ListSchema<BalanceLine> Make(ListSchema<BalanceLine> fields) => Counts(Measures(Groups(fields)));

    static ListSchema<BalanceLine> Groups(ListSchema<BalanceLine> fields) => fields
        .Field("donor", l => l.Key.Donor, "Who gives, jointly `DEU+DNK+NLD`; of requests who is asked, null where nobody is.", shown: l => l.Has(Grouping.Donor))
        .Field("donor_name", l => l.Named(l.Key.Donors, " + ", "party:"), "Its name.", shown: l => l.Has(Grouping.Donor))
        .Field("shared", l => l.Key.Shared, "Whether several donors give jointly.", shown: l => l.Has(Grouping.Donor))
        .Field("recipient", l => l.Key.Recipient, "Who receives.", shown: l => l.Has(Grouping.Recipient))
        .Field("recipient_name", l => l.RecipientName, "Its name.", shown: l => l.Has(Grouping.Recipient))
        .Field("item", l => l.Key.Item, "What; `hawk|iris-t|nasams` where any of them will do.", shown: l => l.Has(Grouping.Item))
        .Field("item_name", l => l.Named(l.Key.Items, " or ", "item:"), "Its name.", shown: l => l.Has(Grouping.Item))
        .Field("category", l => l.Key.Category, "The item's top ancestor.", shown: l => l.Has(Grouping.Category))
        .Field("category_name", l => l.Named(l.Key.Categories, " or ", "item:"), "Its name.", shown: l => l.Has(Grouping.Category))
        .Field("year_stated", l => l.Key.YearStated, "Year of the first stated day.", shown: l => l.Has(Grouping.YearStated))
        .Field("year_due", l => l.Key.YearDue, "Year of the deadline in force; null without.", shown: l => l.Has(Grouping.YearDue))
        .Field("unit", l => l.Key.Unit, "What is counted; null where nothing is.");

    static ListSchema<BalanceLine> Measures(ListSchema<BalanceLine> fields)
    {
        foreach (var (name, description, of) in MeasureNames.All)
            fields
                .Field(name + "_low", l => Low(l.Measured(name, of)), description + ": what is certain.")
                .Field(name + "_high", l => High(l.Measured(name, of)), description + ": what is possible; null without bound.");
        return fields
            .Field("fulfilment_rate_low", l => Low(l.Row.Measures.FulfilmentRate()), "Share of the committed that certainly is credited; null where nothing is committed.")
            .Field("fulfilment_rate_high", l => High(l.Row.Measures.FulfilmentRate()), "Share of the committed that possibly is credited; null where nothing is committed.");
    }

    static ListSchema<BalanceLine> Counts(ListSchema<BalanceLine> fields) => fields
        .Field("commitments", l => l.Row.Measures.Commitments, "Commitments, intents and cancelled ones too.")
        .Field("deliveries", l => l.Row.Measures.Deliveries, "Deliveries, unexplained and unspecified ones too.")
        .Field("requests", l => l.Row.Measures.Requests, "Requests.")
        .Field("claims", l => l.Row.Claims, "Claims behind the row, as far as stated.")
        .Field("articles", l => l.Row.Articles, "Their articles.")
        .Field("publishers", l => l.Row.Publishers, "Independent publishers among them.")
        .Field("unquantified", l => l.Row.Measures.Unquantified, "Facts without a number: they add nothing to a sum.")
        .Field("conditional", l => l.Row.Measures.Conditional, "Commitments under a condition that is not met.")
        .Field("on_hold", l => l.Row.Measures.OnHold, "Commitments with deliveries suspended.")
        .Field("disputed", l => l.Row.Measures.Disputed, "Facts with a denial.")
        .Field("conflicts", l => l.Row.Measures.Conflicts, "Facts whose claims disagree.")
        .Field("possible_overlap", l => l.Row.Measures.PossibleOverlap, "Facts that may be others told again.")
        .Field("last_stated_on", l => l.Row.LastStatedOn, "Last day on which any of the claims was stated.")
        .Field("explain", l => l.Explain, "Path and query of the facts, links and quotes behind the row.", sort: false);

    static decimal? Low(Interval? measure) => measure?.Low;

    static decimal? High(Interval? measure) => measure?.High;

    static decimal? Low((decimal Low, decimal High)? rate) => rate?.Low;

    static decimal? High((decimal Low, decimal High)? rate) => rate?.High;
}

/// <summary>Rows of balances in the envelope of a list; they are always all there.</summary>
internal sealed record BalanceAnswer(IReadOnlyList<BalanceLine> Items, DateOnly AsOf, DateTimeOffset KnownAt, long DatasetVersion, BalanceFilter Filter)
{
    public static readonly ListSchema<BalanceAnswer> Fields = Make("BalanceList", BalanceResponse.Fields);

    /// <summary>As <see cref="Fields"/>, of rows on several days.</summary>
    public static readonly ListSchema<BalanceAnswer> OverTime = Make("BalanceTimeline", BalanceResponse.OverTime);

    static ListSchema<BalanceAnswer> Make(string name, ListSchema<BalanceLine> rows) => new ListSchema<BalanceAnswer>(name)
        .Field("items", a => a.Items, "The rows.", inner: rows)
        .Field("next_cursor", _ => Nothing, "Null: all rows are here.")
        .Field("next", _ => Nothing, "Null: all rows are here.")
        .Field("limit", _ => NoLimit, "Null: all rows are here.")
        .Field("count", a => a.Items.Count, "Number of rows.")
        .Field("count_is_exact", _ => true, "True.")
        .Field("truncated", _ => false, "False: all rows are here.")
        .Field("as_of", a => a.AsOf, "The (last) day asked about.")
        .Field("known_at", a => a.KnownAt, "The moment whose knowledge was asked with.")
        .Field("dataset_version", a => a.DatasetVersion, "Counts the changes of the store.")
        .Field("min_stage", a => a.Filter.View.MinStage, "The stage from which on deliveries count.")
        .Field("links", a => a.Filter.View.Links, "Whether deliveries that name no commitment were matched.")
        .Field("vague", a => a.Filter.Policy.Name, "How vague words were read.");

    /// <summary>The envelope as JSON, or the rows as a file; sorted and with the fields as asked for.</summary>
    public IResult In(ExportOptions form, ListSchema<BalanceAnswer> envelope, BalanceChoice choice, HttpContext http)
    {
        var sorted = this with { Items = [.. Items.Sorted(choice.Sort)] };
        if (form.Format != Format.Json) return ExportResult.Of(form, choice.Rows.Fields, sorted.Items);
        form.SetHeaders(http);
        return (choice.IsOfAll ? envelope : envelope.Inside("items", choice.Rows)).ToJsonResult(sorted, StatusCodes.Status200OK);
    }

    static string? Nothing => null;

    static int? NoLimit => null;
}

/// <summary>How the rows of an answer are shown.</summary>
/// <param name="Sort">In which order.</param>
/// <param name="Rows">With which fields.</param>
/// <param name="IsOfAll">Whether those are all that the question's rows have.</param>
internal sealed record BalanceChoice(IReadOnlyList<SortKey<BalanceLine>> Sort, ListSchema<BalanceLine> Rows, bool IsOfAll)
{
    public static (BalanceChoice Choice, Problem? Problem) Read(Parameters parameters, ListSchema<BalanceLine> rows, BalanceFilter filter)
    {
        // Which groups there are is the question's to say: the same columns where no row is found.
        var any = new BalanceLine(BalanceQuery.Row.Nothing, filter.View.AsOf, filter, new Dictionary<string, string>(), "");
        var shown = rows.Only(rows.Fields.Where(f => f.IsShown?.Invoke(any) ?? true));
        return (new(parameters.Sort(shown.Sortable), shown.Only(parameters.Columns(shown.Fields)), !parameters.Has("fields")), parameters.Problem);
    }
}
