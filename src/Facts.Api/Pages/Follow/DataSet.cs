using System.Text.Json;
using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>The store as a schema.org Dataset (JSON-LD), for search engines.</summary>
internal static class DataSet
{
    public static string Write(PageFrame frame)
    {
        var (store, origin) = (frame.Store, frame.Origin);
        // A member that is null says nothing in JSON-LD.
        return JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Dataset",
            ["name"] = store.Name,
            // Search engines take no shorter text than fifty characters.
            ["description"] = $"{store.Description} {Show.Many(store.Claims, "claim")} from {Show.Many(store.Articles, "article")}, each with its passage.",
            ["url"] = origin + "/",
            ["dateModified"] = WireValue.Format(store.Updated),
            ["version"] = WireValue.Format(store.Version),
            ["temporalCoverage"] = store.First is { } first && store.Last is { } last ? $"{WireValue.Format(first)}/{WireValue.Format(last)}" : null,
            ["publisher"] = new Dictionary<string, object?> { ["@type"] = "Organization", ["name"] = store.Publisher },
            ["license"] = store.License,
            ["isAccessibleForFree"] = true,
            ["measurementTechnique"] = origin + "/docs/semantics",
            ["variableMeasured"] = MeasureNames.All.Select(m => m.Name),
            ["distribution"] = new[] { ("csv", "text/csv"), ("parquet", "application/vnd.apache.parquet"), ("ndjson", "application/x-ndjson") }
                .Select(f => new Dictionary<string, object?>
                {
                    ["@type"] = "DataDownload", ["encodingFormat"] = f.Item2,
                    ["contentUrl"] = $"{origin}/v1/claims?format={f.Item1}"
                }),
        });
    }
}
