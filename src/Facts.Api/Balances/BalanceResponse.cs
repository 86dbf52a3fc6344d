using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Balances;

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
