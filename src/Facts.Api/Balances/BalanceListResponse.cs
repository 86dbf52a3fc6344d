using Facts.Api.Http;

namespace Facts.Api.Balances;

/// <summary>All rows of a balance, in the envelope of a list. A balance has no pages.</summary>
/// <param name="Items">The rows.</param>
/// <param name="AsOf">The day of the rows; the last day of a timeline.</param>
/// <param name="KnownAt">Only what was recorded by this moment is in the rows.</param>
/// <param name="DatasetVersion">Version of the dataset that the rows were read from.</param>
/// <param name="Filter">The query that the rows answer.</param>
internal sealed record BalanceListResponse(
    IReadOnlyList<BalanceResponse> Items, DateOnly AsOf, DateTimeOffset KnownAt, long DatasetVersion, BalanceFilter Filter)
{
    /// <summary>The envelope as JSON, or the rows as a file, with the selected order and fields.</summary>
    public IResult ToResult(ExportOptions export, ListSchema<BalanceListResponse> envelope, BalanceSelection selection, HttpContext http)
    {
        var sorted = this with { Items = [.. Items.Sorted(selection.Sort)] };
        if (export.Format != Format.Json) return ExportResult.From(export, selection.Rows.Fields, sorted.Items);
        export.SetHeaders(http);
        return new LargeRowResult<BalanceListResponse>((selection.HasAllFields ? envelope : envelope.Inside("items", selection.Rows)).Fields, sorted);
    }
}
