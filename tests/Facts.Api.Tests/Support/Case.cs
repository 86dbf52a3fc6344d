using System.Text.RegularExpressions;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Facts.Api.Tests.Support;

/// <summary>A small history for one test: claims about its own recipient, and the rows computed from them. So tests in one store do not meet.</summary>
sealed class Case(HttpClient api)
{
    static readonly (string Code, string? Parent, string Unit)[] Items =
    [
        ("air-defence", null, "system"), ("hawk", "air-defence", "system"), ("nasams", "air-defence", "system"), ("patriot", "air-defence", "system"),
        ("iris-t", "air-defence", "system"), ("tank", null, "vehicle"), ("leopard-1", "tank", "vehicle"), ("shell", null, "round"),
    ];

    static int _made;

    readonly int _number = Interlocked.Increment(ref _made);
    int _articles;

    string Recipient => $"Recipient {_number}";

    public string RecipientInUrl => Uri.EscapeDataString(Recipient);

    /// <summary>An ETag without the names of history and build at its end: <c>"1-8c3f01ab"</c> becomes <c>"1"</c>. Null without an ETag.</summary>
    public static string? VersionIn(string? tag) => tag is null ? null : Regex.Replace(tag, "-[0-9a-f]{8}\"$", "\"");

    public static Task AddItemsAsync(HttpClient api) => AddItemsAsync(api, Items.Select(i => (i.Code, i.Parent, (string?)i.Unit)));

    public static async Task AddItemsAsync(HttpClient api, IEnumerable<(string Code, string? Parent, string? Unit)> items)
    {
        foreach (var (code, parent, unit) in items)
        {
            var item = new JsonObject { ["code"] = code, ["name"] = code, ["unit"] = unit };
            if (parent is not null) item["parent"] = parent;
            var answer = await api.PostAsync("/v1/items", Json(item.ToJsonString(), "application/json"));
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        }
    }

    /// <summary>
    /// Imports claims that are given by members of the wire format. By default the donor is Germany, the item is IRIS-T, and each claim has its own outlet.
    /// Claims with one <c>article</c> share an outlet.
    /// </summary>
    public async Task<JsonElement> LoadAsync(params object[] claims)
    {
        var lines = string.Join('\n', claims.Select(c => Line(c).ToJsonString()));
        var answer = await api.PostAsync("/v1/imports?create_missing=true", Json(lines, "application/x-ndjson"), TestContext.Current.CancellationToken);
        var report = await ReadAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, report.ToString());
        return report;
    }

    /// <summary>The one row of the day, in one unit.</summary>
    public async Task<Row> RowAsync(string asOf, string more = "") => Assert.Single(await RowsAsync(asOf, more));

    public async Task<IReadOnlyList<Row>> RowsAsync(string asOf, string more = "")
    {
        var list = await GetAsync($"/v1/balances?recipient={RecipientInUrl}&as_of={asOf}{more}");
        var rows = list.GetProperty("items").EnumerateArray().Select(r => new Row(r)).ToList();
        foreach (var row in rows)
            Assert.Equal(row.Text(), new Row((await GetAsync(row["explain"])).GetProperty("row")).Text());
        return rows;
    }

    /// <summary>A list of the recipient's facts: <c>commitments</c>, <c>deliveries</c> or <c>requests</c>.</summary>
    public async Task<IReadOnlyList<Row>> FactsAsync(string noun, string asOf, string more = "")
    {
        var list = await GetAsync($"/v1/{noun}?recipient={RecipientInUrl}&as_of={asOf}{more}");
        return [.. list.GetProperty("items").EnumerateArray().Select(r => new Row(r))];
    }

    public async Task<JsonElement> GetAsync(string url)
    {
        var answer = await api.GetAsync(url, TestContext.Current.CancellationToken);
        var body = await ReadAsync(answer);
        Assert.True(answer.IsSuccessStatusCode, $"{url}: {body}");
        return body;
    }

    public static StringContent Json(string text, string type) => new(text, Encoding.UTF8, type);

    public static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    JsonObject Line(object claim)
    {
        var line = JsonSerializer.SerializeToNode(claim)!.AsObject();
        var article = line["article"]?.GetValue<string>() ?? $"outlet-{++_articles}";
        line.Remove("article");
        line["article_url"] = $"https://example.org/{_number}/{article}";
        line["article_publisher"] ??= article;
        foreach (var key in new[] { "commitment", "delivery", "request", "part_of" })
            if (line[key] is { } name) line[key] = $"{_number}:{name.GetValue<string>()}";
        if (line["kind"]!.GetValue<string>() is "amendment" or "cancellation" or "assessment") return line;
        line["recipient"] = Recipient;
        line["items"] ??= new JsonArray("iris-t");
        if (line["kind"]!.GetValue<string>() != "request") line["donors"] ??= new JsonArray("DEU");
        return line;
    }
}
