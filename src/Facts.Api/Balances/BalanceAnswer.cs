using Facts.Api.Http;

namespace Facts.Api.Balances;

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
