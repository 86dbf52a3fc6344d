namespace Facts.Api.Balances;

/// <summary>A row as it is answered: its groups by code and name, its unit, its measures as two numbers each, its counts.</summary>
internal static class BalanceResponse
{
    public static readonly IReadOnlyList<(string Name, Func<Measures, Interval?> Of)> Measured =
    [
        ("requested", m => m.Requested), ("intended", m => m.Intended), ("original", m => m.Original), ("committed", m => m.Committed),
        ("cancelled", m => m.Cancelled), ("delivered", m => m.Delivered), ("credited", m => m.Credited), ("surplus", m => m.Surplus),
        ("unpledged", m => m.Unpledged), ("outstanding", m => m.Outstanding), ("overdue", m => m.Overdue),
        ("overdue_original", m => m.OverdueOriginal), ("unmet_need", m => m.UnmetNeed),
    ];

    /// <summary>Measures of facts that have neither firmness nor deadline.</summary>
    static readonly string[] NotOfCommitments = ["requested", "delivered", "unpledged", "unmet_need"];

    public static Dictionary<string, object?> Of(BalanceQuery.Row row, BalanceFilter filter, IReadOnlyDictionary<string, string> names, string explain)
    {
        var wire = Groups(row.Key, filter.GroupBy, names);
        foreach (var (name, of) in Measured)
        {
            var measure = filter.OnlyCommitments && NotOfCommitments.Contains(name) ? null : of(row.Measures);
            wire[name + "_low"] = measure?.Low;
            wire[name + "_high"] = measure?.High;
        }

        var rate = row.Measures.FulfilmentRate();
        wire["fulfilment_rate_low"] = rate?.Low;
        wire["fulfilment_rate_high"] = rate?.High;
        wire["commitments"] = row.Measures.Commitments;
        wire["deliveries"] = row.Measures.Deliveries;
        wire["requests"] = row.Measures.Requests;
        wire["claims"] = row.Claims;
        wire["articles"] = row.Articles;
        wire["publishers"] = row.Publishers;
        wire["unquantified"] = row.Measures.Unquantified;
        wire["conditional"] = row.Measures.Conditional;
        wire["on_hold"] = row.Measures.OnHold;
        wire["disputed"] = row.Measures.Disputed;
        wire["conflicts"] = row.Measures.Conflicts;
        wire["possible_overlap"] = row.Measures.PossibleOverlap;
        wire["last_stated_on"] = row.LastStatedOn;
        wire["explain"] = explain;
        return wire;
    }

    /// <summary>As <see cref="Of"/>, for one of several days.</summary>
    public static Dictionary<string, object?> At(DateOnly day, BalanceRow row, BalanceFilter filter, IReadOnlyDictionary<string, string> names, HttpRequest request)
    {
        var shown = new BalanceQuery.Row(row.Key, row.Measures, row.Claims, row.Articles, row.Publishers, row.LastStatedOn);
        var wire = new Dictionary<string, object?> { ["as_of"] = day };
        foreach (var (name, value) in Of(shown, filter, names, BalanceExplanation.Url(request, row.Key, filter.GroupBy, day))) wire[name] = value;
        return wire;
    }

    static Dictionary<string, object?> Groups(BalanceKey key, Grouping groups, IReadOnlyDictionary<string, string> names)
    {
        var wire = new Dictionary<string, object?>();
        if (groups.HasFlag(Grouping.Donor))
        {
            wire["donor"] = key.Donor;
            wire["donor_name"] = Names(key.Donors, " + ", "party:");
            wire["shared"] = key.Shared;
        }

        if (groups.HasFlag(Grouping.Recipient))
        {
            wire["recipient"] = key.Recipient;
            wire["recipient_name"] = Names(CodeSet.Of(key.Recipient!), "", "party:");
        }

        if (groups.HasFlag(Grouping.Item))
        {
            wire["item"] = key.Item;
            wire["item_name"] = Names(key.Items, " or ", "item:");
        }

        if (groups.HasFlag(Grouping.Category))
        {
            wire["category"] = key.Category;
            wire["category_name"] = Names(key.Categories, " or ", "item:");
        }

        if (groups.HasFlag(Grouping.YearStated)) wire["year_stated"] = key.YearStated;
        if (groups.HasFlag(Grouping.YearDue)) wire["year_due"] = key.YearDue;
        wire["unit"] = key.Unit;
        return wire;

        string? Names(CodeSet? codes, string between, string noun) =>
            codes is { IsEmpty: false } ? string.Join(between, codes.Codes.Select(c => names.GetValueOrDefault(noun + c, c))) : null;
    }
}
