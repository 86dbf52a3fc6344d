using System.Text.Json;
using Facts.Api.Articles;
using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.FactLists;
using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>Describes a CSV file of the interface as a data package: its address, its columns and their meaning (Frictionless Data Package 1).</summary>
internal static class DataPackage
{
    static readonly Dictionary<string, (IReadOnlyList<ParameterSpec> Parameters, Func<PageQuestion, IEnumerable<Column>> Columns)> Files = new()
    {
        ["balances"] = ([.. BalanceFilter.Parameters, .. BalanceListSchema.Fields.Choice], BalanceColumns),
        ["commitments"] = (ListKinds.Commitments.Parameters, _ => Columns(CommitmentListSchema.Fields.Fields)),
        ["deliveries"] = (ListKinds.Deliveries.Parameters, _ => Columns(DeliveryListSchema.Fields.Fields)),
        ["claims"] = (ListKinds.Claims.Parameters, _ => Columns(ClaimListSchema.Fields.Fields)),
        ["articles"] = (ListKinds.Articles.Parameters, _ => Columns(ArticleListSchema.Fields.Fields)),
    };

    sealed record Column(string Name, string Type, string Description);

    public static async Task<IResult> AnswerAsync(HttpContext http, string list, PageFrames frames, CancellationToken cancel)
    {
        if (!Files.TryGetValue(list, out var file)) return Problems.NotFound
            .Because($"there is no data package '{list}': it is one of {string.Join(", ", Files.Keys)}");
        var question = PageQuestion.Read(http, file.Parameters, frames.Today);
        if (question.Errors.Count > 0) return Problem.From(question.Errors);
        var frame = await frames.ReadAsync(http, list, question.Canonical, cancel);
        var address = question.Canonical with { Path = "/v1/" + list };
        if (list == "balances" && address.Value("group_by") is null) address = address.With("group_by", "donor");
        var name = FileName.Of(list, address.Query, file.Parameters.Any(p => p.Name == "as_of") ? frames.Today : null);
        var fields = question.Parameters.Texts("fields");
        var columns = file.Columns(question).Where(c => fields.Count == 0 || fields.Contains(c.Name)).ToList();
        return Results.Json(new
        {
            profile = "tabular-data-package",
            name,
            title = $"{frame.Store.Name}: {list}",
            description = frame.Store.Description,
            homepage = frame.Origin + "/",
            created = WireValue.Format(frame.Store.Updated),
            version = WireValue.Format(frame.Store.Version),
            resources = new[]
            {
                new
                {
                    profile = "tabular-data-resource",
                    name,
                    path = frame.Origin + address.With("format", "csv").With("download", "true"),
                    format = "csv",
                    mediatype = "text/csv",
                    encoding = "utf-8",
                    schema = new { fields = columns.Select(c => new { name = c.Name, type = c.Type, description = c.Description }) },
                },
            },
        }, JsonSerializerOptions.Default);
    }

    static IEnumerable<Column> BalanceColumns(PageQuestion question)
    {
        var groups = question.Parameters.Texts("group_by");
        if (groups.Count == 0) groups = ["donor"];
        var names = BalanceFilter.Groups.Select(g => g.Word).Except(groups).SelectMany(g => new[] { g, g + "_name" }).ToHashSet();
        if (!groups.Contains("donor")) names.Add("shared");
        return Columns(BalanceListSchema.Fields.Fields).Where(c => !names.Contains(c.Name));
    }

    static IEnumerable<Column> Columns<TRow>(IEnumerable<ListField<TRow>> fields) =>
        fields.Select(f => new Column(f.Name, f.IsSet ? "string" : f.Type.Kind switch
        {
            WireKind.Whole => "integer",
            WireKind.Number => "number",
            WireKind.Flag => "boolean",
            WireKind.Day => "date",
            WireKind.Instant => "datetime",
            _ => "string",
        }, f.Description));
}
