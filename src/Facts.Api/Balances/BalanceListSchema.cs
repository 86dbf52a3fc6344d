using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>The fields of balances: of their rows and of the envelopes around the rows.</summary>
internal static class BalanceListSchema
{
    /// <summary>Fields of a row of a balance on one day.</summary>
    public static readonly ListSchema<BalanceResponse> Fields = AddRow(new("Balance"));

    /// <summary>Fields of a row of a timeline.</summary>
    public static readonly ListSchema<BalanceResponse> TimelineFields = AddRow(new ListSchema<BalanceResponse>("BalanceOnDay")
        .Field("as_of", r => r.AsOf, "The row shows the state at the end of this day."));

    /// <summary>Envelope of a balance on one day.</summary>
    public static readonly ListSchema<BalanceListResponse> Envelope = MakeEnvelope("BalanceList", Fields);

    /// <summary>Envelope of a timeline.</summary>
    public static readonly ListSchema<BalanceListResponse> TimelineEnvelope = MakeEnvelope("BalanceTimeline", TimelineFields);

    static ListSchema<BalanceListResponse> MakeEnvelope(string name, ListSchema<BalanceResponse> rows) => new ListSchema<BalanceListResponse>(name)
        .Field("items", a => a.Items, "The rows.", inner: rows)
        .Field("next_cursor", _ => NoText, "Always null: a balance has no pages.")
        .Field("next", _ => NoText, "Always null: a balance has no pages.")
        .Field("limit", _ => NoNumber, "Always null: a balance has no pages.")
        .Field("count", a => a.Items.Count, "Number of rows.")
        .Field("count_is_exact", _ => true, "Always true, since all rows are counted.")
        .Field("truncated", _ => false, "Always false, since all rows are in the answer.")
        .Field("as_of", a => a.AsOf, "The rows show the state at the end of this day. In a timeline: the last day.")
        .Field("known_at", a => a.KnownAt, "Only what was recorded by this moment is in the rows (UTC).")
        .Field("dataset_version", a => a.DatasetVersion, "Version of the dataset: the number of its changes.")
        .Field("min_stage", a => a.Filter.Evaluation.MinStage, "Deliveries count from this stage on.")
        .Field("links", a => a.Filter.Evaluation.Links, "Links in use: with `all`, deliveries that name no commitment were matched to commitments.")
        .Field("vague", a => a.Filter.Policy.Name, "Name of the policy by which vague words became numbers.");

    static ListSchema<BalanceResponse> AddRow(ListSchema<BalanceResponse> fields) => AddCounts(AddMeasures(AddGroups(fields)));

    static ListSchema<BalanceResponse> AddGroups(ListSchema<BalanceResponse> fields) => fields
        .Field("donor", r => r.Key.Donor, "Code of the donor; joint donors as `DEU+DNK+NLD`. In requests: the party that is asked, null where none is.",
            shown: r => r.Has(Grouping.Donor))
        .Field("donor_name", r => r.NameOf(r.Key.Donors, " + ", "party:"), "Name of the donor; null for requests that ask no party.",
            shown: r => r.Has(Grouping.Donor))
        .Field("shared", r => r.Key.Shared, "True if several donors give jointly.", shown: r => r.Has(Grouping.Donor))
        .Field("recipient", r => r.Key.Recipient, "Code of the party that receives.", shown: r => r.Has(Grouping.Recipient))
        .Field("recipient_name", r => r.RecipientName, "Name of the party that receives.", shown: r => r.Has(Grouping.Recipient))
        .Field("item", r => r.Key.Item, "Code of the item; `hawk|iris-t|nasams` where any of these items will do.", shown: r => r.Has(Grouping.Item))
        .Field("item_name", r => r.NameOf(r.Key.Items, " or ", "item:"), "Name of the item.", shown: r => r.Has(Grouping.Item))
        .Field("category", r => r.Key.Category, "Code of the item's topmost ancestor.", shown: r => r.Has(Grouping.Category))
        .Field("category_name", r => r.NameOf(r.Key.Categories, " or ", "item:"), "Name of the item's topmost ancestor.", shown: r => r.Has(Grouping.Category))
        .Field("year_stated", r => r.Key.YearStated, "Year of the first day on which the facts can have been stated.", shown: r => r.Has(Grouping.YearStated))
        .Field("year_due", r => r.Key.YearDue, "Year of the deadline in force; null without a deadline.", shown: r => r.Has(Grouping.YearDue))
        .Field("unit", r => r.Key.Unit, "Unit of the quantities; null where nothing is counted.");

    static ListSchema<BalanceResponse> AddMeasures(ListSchema<BalanceResponse> fields)
    {
        foreach (var (name, description, of) in MeasureNames.All)
            fields
                .Field(name + "_low", r => Low(r.Measure(name, of)), description + ". Certain quantity.")
                .Field(name + "_high", r => High(r.Measure(name, of)), description + ". Possible quantity; null without an upper bound.");
        return fields
            .Field("fulfilment_rate_low", r => Low(r.Sums.Measures.FulfilmentRate()),
                "Share of the committed quantity that is certainly credited, from 0 to 1; null where nothing is committed.")
            .Field("fulfilment_rate_high", r => High(r.Sums.Measures.FulfilmentRate()),
                "Share of the committed quantity that is possibly credited, from 0 to 1; null where nothing is committed.");
    }

    static ListSchema<BalanceResponse> AddCounts(ListSchema<BalanceResponse> fields) => fields
        .Field("commitments", r => r.Sums.Measures.Commitments, "Number of commitments, including intents and cancelled ones.")
        .Field("deliveries", r => r.Sums.Measures.Deliveries, "Number of deliveries, including unexplained ones and ones without a number.")
        .Field("requests", r => r.Sums.Measures.Requests, "Number of requests.")
        .Field("claims", r => r.Sums.Claims, "Number of claims of the row's facts that were stated by `as_of`.")
        .Field("articles", r => r.Sums.Articles, "Number of articles of the row's claims.")
        .Field("publishers", r => r.Sums.Publishers, "Number of independent publishers of the row's claims.")
        .Field("unquantified", r => r.Sums.Measures.Unquantified, "Number of facts without a number, which add nothing to a sum.")
        .Field("unknown", r => r.Unknown,
            "Measures whose 0 is unknown, such as `committed,outstanding`; null for none.", sort: false)
        .Field("conditional", r => r.Sums.Measures.Conditional, "Number of commitments under a condition that is not met.")
        .Field("on_hold", r => r.Sums.Measures.OnHold, "Number of commitments whose deliveries are suspended.")
        .Field("disputed", r => r.Sums.Measures.Disputed, "Number of facts that a claim denies.")
        .Field("conflicts", r => r.Sums.Measures.Conflicts, "Number of facts whose claims contradict each other.")
        .Field("possible_overlap", r => r.Sums.Measures.PossibleOverlap, "Number of facts in an open pair of the review list, which may be counted twice.")
        .Field("committed_overlap", r => r.Sums.CommittedOverlap,
            "The most of `committed_low` that may be counted twice, by the open pairs of the review list; 0 without pairs.")
        .Field("delivered_overlap", r => DeliveredOverlap(r),
            "The most of `delivered_low` that may be counted twice, by the open pairs of the review list; 0 without pairs.")
        .Field("last_stated_on", r => r.Sums.LastStatedOn, "Last day on which one of the row's claims was stated.")
        .Field("explain", r => r.Explain, "Path and query of the explanation: the facts, links and quotes behind the row.", sort: false);

    // Like the measure itself, it is null where the query selects by what only commitments have.
    static decimal? DeliveredOverlap(BalanceResponse row) => row.Filter.OnlyCommitments ? null : row.Sums.DeliveredOverlap;

    static string? NoText => null;

    static int? NoNumber => null;

    static decimal? Low(Interval? measure) => measure?.Low;

    static decimal? High(Interval? measure) => measure?.High;

    static decimal? Low((decimal Low, decimal High)? rate) => rate?.Low;

    static decimal? High((decimal Low, decimal High)? rate) => rate?.High;
}
