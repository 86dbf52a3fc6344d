using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Facts.Api.Tests.Http.Exports;

/// <summary>A store exported through HTTP and imported into an empty one: the sample, the World Bank's loans, and claims that are hard to export.</summary>
public sealed class ExportRoundTripTests(ExportRoundTripTests.Filled source, Databases databases) : IClassFixture<ExportRoundTripTests.Filled>
{
    public sealed class Filled(Databases databases) : SampledService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await PutAsync(this, await File.ReadAllTextAsync(Path.Combine(Root(), "Imports", "worldbank-ukraine.ndjson"), Cancel), "application/x-ndjson");
            await PutAsync(this, string.Join('\n', Hard.Select(h => JsonSerializer.Serialize(h))), "application/x-ndjson");
            await PutAsync(this, JsonSerializer.Serialize(
                new
                {
                    external_id = "h:told-anew", article_url = "https://example.org/a", kind = "pledge", donors = D, recipient = "POL", items = I,
                    quantity = 4, unit = "system"
                }), "application/x-ndjson");
            await ChangeAsync("/v1/claims?external_id=h:low-rank", "PATCH", """{"rank":"deprecated"}""");
            await ChangeAsync("/v1/claims?external_id=h:withdrawn", "DELETE", null);
            await ChangeAsync("/v1/articles?url=https://example.org/retracted", "PATCH", """{"status":"retracted"}""");
            await DecideAsync("merge", "d:told", "d:told-later");
            await DecideAsync("split", "d:other-outlet", "d:outlet");
            await DecideAsync("link", "d:brought", "d:outlet");
            await DecideAsync("unlink", "d:arrived", "d:told");
            using var undo = new HttpRequestMessage(HttpMethod.Delete, $"/v1/review/decisions/{await DecideAsync("merge", "d:told", "d:outlet")}");
            undo.Headers.IfMatch.ParseAdd("\"1\"");
            Assert.True((await Admin.SendAsync(undo, Cancel)).IsSuccessStatusCode);
        }

        async Task<long> DecideAsync(string decision, string a, string b)
        {
            async Task<long> IdAsync(string name) =>
                (await Case.ReadAsync(await Admin.GetAsync($"/v1/claims?external_id={name}", Cancel))).GetProperty("items")[0].GetProperty("id").GetInt64();
            var body = JsonSerializer.Serialize(
                new { decision, a = await IdAsync(a), b = await IdAsync(b), decided_by = "an editor", reason = "the source says so" });
            var answer = await Admin.PostAsync("/v1/review/decisions", Case.Json(body, "application/json"), Cancel);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
            return (await Case.ReadAsync(answer)).GetProperty("id").GetInt64();
        }

        async Task ChangeAsync(string found, string method, string? body)
        {
            var id = (await Case.ReadAsync(await Admin.GetAsync(found, Cancel))).GetProperty("items")[0].GetProperty("id").GetInt64();
            var path = $"{found[..found.IndexOf('?')]}/{id}";
            var tag = (await Admin.GetAsync(path, Cancel)).Headers.ETag!;
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { IfMatch = { tag } } };
            if (body is not null) request.Content = Case.Json(body, "application/json");
            var answer = await Admin.SendAsync(request, Cancel);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        }
    }

    static readonly string[] D = ["DEU"], I = ["iris-t"];

    static readonly object[] Hard =
    [
        new { external_id = "h:formula", article_url = "https://example.org/a", article_published_on = "2024-05~", kind = "pledge", donors = D,
            recipient = "POL", items = I, quantity = 1.25, unit = "system",
            quote = "=cmd|' /C calc'!A0", quote_prefix = "'=1", quote_suffix = "''@x", note = "-5, \"said\" he;\r\nthen\tno more" },
        new { external_id = "+1", article_url = "https://example.org/a", kind = "pledge", donors = D, recipient = "POL", items = I,
            quantity_qualifier = "vague", quantity_text = "dozens", unit = "system", due_on = "../2024-12-31", condition = "if asked", condition_met = false },
        new { external_id = "h:joint", article_url = "https://example.org/b", article_external_id = "@b", article_published_on = "2024-06-01",
            kind = "pledge", donors = new[] { "NLD", "DNK" }, recipient = "POL", items = new[] { "hawk", "nasams" }, quantity_low = 3, unit = "system",
            commitment = "k:1", firmness = "committed" },
        new { external_id = "h:change", article_url = "https://example.org/b", article_external_id = "@b", kind = "amendment", commitment = "k:1",
            quantity = -1, on_hold = true, stated_on = "2024-07" },
        new { external_id = "h:brought", article_url = "https://example.org/b", article_external_id = "@b", kind = "delivery",
            donors = new[] { "NLD", "DNK" }, recipient = "POL", items = new[] { "hawk" }, quantity_qualifier = "approximate", quantity_low = 1,
            quantity_high = 2, unit = "system", commitment = "k:1", stage = "dispatched" },
        new { external_id = "h:denied", article_url = "https://example.org/b", article_external_id = "@b", kind = "assessment", assessment = "denial",
            commitment = "k:1", attribution = "anonymous", claimant = "an official" },
        new { external_id = "h:told-anew", article_url = "https://example.org/a", kind = "pledge", donors = D, recipient = "POL", items = I, quantity = 2,
            unit = "system" },
        new { external_id = "h:low-rank", article_url = "https://example.org/c", article_published_on = "2024-06-01", kind = "pledge", donors = D,
            recipient = "LTU", items = I, quantity = 7, unit = "system" },
        new { external_id = "h:withdrawn", article_url = "https://example.org/c", kind = "pledge", donors = D, recipient = "LTU", items = I, quantity = 8,
            unit = "system" },
        new { external_id = "d:told", article_url = "https://example.org/d1", article_published_on = "2024-03-01", kind = "pledge", donors = D,
            recipient = "LVA", items = I, quantity = 3, unit = "system" },
        new { external_id = "d:told-later", article_url = "https://example.org/d2", article_published_on = "2024-03-20", kind = "pledge", donors = D,
            recipient = "LVA", items = I, quantity = 3, unit = "system" },
        new { external_id = "d:outlet", article_url = "https://example.org/d1", kind = "pledge", donors = new[] { "NLD" }, recipient = "LVA",
            items = new[] { "hawk" }, quantity = 5, unit = "system" },
        new { external_id = "d:other-outlet", article_url = "https://example.org/d3", article_external_id = "d3", article_published_on = "2024-03-02",
            kind = "pledge", donors = new[] { "NLD" }, recipient = "LVA", items = new[] { "hawk" }, quantity = 5, unit = "system" },
        new { external_id = "d:brought", article_url = "https://example.org/d2", kind = "delivery", donors = new[] { "ROU" }, recipient = "LVA",
            items = new[] { "hawk" }, quantity = 2, unit = "system" },
        new { external_id = "d:arrived", article_url = "https://example.org/d2", kind = "delivery", donors = D, recipient = "LVA", items = I, quantity = 1,
            unit = "system" },
        new { external_id = "h:retracted", article_url = "https://example.org/retracted", article_published_on = "2024-06-01", kind = "pledge", donors = D,
            recipient = "EST", items = I, quantity = 9, unit = "system" },
    ];

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("csv&bom=true", "text/csv")]
    [InlineData("ndjson", "application/x-ndjson")]
    public async Task An_export_gives_equal_answers_in_another_store(string format, string type)
    {
        await using var empty = new FactsService(databases);
        await empty.InitializeAsync();
        await CatalogueAsync(empty, "parties");
        await CatalogueAsync(empty, "items");
        var claims = await source.Anonymous.GetStringAsync($"/v1/claims?format={format}", Cancel);
        var report = await PutAsync(empty, claims, type, "create_missing=false");
        Assert.Equal(0, report.GetProperty("rows_failed").GetInt32());
        Assert.NotEqual(await LinesAsync(source, "/v1/balances?recipient=LVA", "explain"), await LinesAsync(empty, "/v1/balances?recipient=LVA", "explain"));
        var decisions = await source.Anonymous.GetStringAsync("/v1/review/decisions?format=ndjson", Cancel);
        Assert.Equal("""{"read":6,"created":5,"unchanged":0,"left_out":1}""", await DecideAsync(empty, decisions));
        Assert.Equal("""{"read":6,"created":0,"unchanged":5,"left_out":1}""", await DecideAsync(empty, decisions));

        foreach (var question in new[]
        {
            "/v1/balances?group_by=donor,recipient,item,year_stated,year_due", "/v1/balances?as_of=2024-12-04&group_by=donor,category",
            "/v1/balances?as_of=2025-03-31",
            "/v1/balances?as_of=2024-10-15&vague=plural&min_stage=dispatched&links=explicit",
            "/v1/balances/timeline?from=2022-01-01&to=2025-06-30&interval=quarter&group_by=recipient",
        })
            Assert.Equal(await LinesAsync(source, question, "explain"), await LinesAsync(empty, question, "explain"));
        foreach (var facts in new[] { "/v1/commitments", "/v1/deliveries", "/v1/requests", "/v1/commitments?as_of=2024-06-15" })
            Assert.Equal(await LinesAsync(source, facts, "id"), await LinesAsync(empty, facts, "id"));
        string[] own = ["id", "article_id", "recorded_at", "superseded_at", "superseded_by"];
        Assert.Equal(await LinesAsync(source, "/v1/claims", own), await LinesAsync(empty, "/v1/claims", own));
    }

    [Fact]
    public async Task Decisions_about_what_is_not_there_are_refused_with_their_line()
    {
        var decisions = "\n" + await source.Anonymous.GetStringAsync("/v1/review/decisions?format=ndjson", Cancel);
        var answer = await source.Admin.PostAsync("/v1/review/decisions/load",
            Case.Json(decisions.Replace("d:brought", "d:never") + "{}\n", "application/x-ndjson"), Cancel);
        Assert.Equal("422: 8 /decision required, 8 /a required, 8 /b required, 8 /reason required", await WrongAsync(answer));
        answer = await source.Admin.PostAsync("/v1/review/decisions/load",
            Case.Json(decisions.Replace("d:brought", "d:never"), "application/x-ndjson"), Cancel);
        Assert.Equal("422: 5 /a_external_id unknown_key", await WrongAsync(answer));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType,
            (await source.Admin.PostAsync("/v1/review/decisions/load", Case.Json("x", "text/xml"), Cancel)).StatusCode);

        static async Task<string> WrongAsync(HttpResponseMessage answer) => $"{(int)answer.StatusCode}: " + string.Join(", ",
            (await Case.ReadAsync(answer)).GetProperty("errors").EnumerateArray()
            .Select(e => $"{e.GetProperty("row")} {e.GetProperty("pointer")} {e.GetProperty("code")}"));
    }

    static async Task<string> DecideAsync(FactsService service, string lines) =>
        await (await service.Admin.PostAsync("/v1/review/decisions/load", Case.Json(lines, "application/x-ndjson"), Cancel)).Content.ReadAsStringAsync(Cancel);

    [Fact]
    public async Task Claims_that_do_not_count_are_exported_only_on_request()
    {
        Assert.Equal("4", Quantities(await LinesAsync(source, "/v1/claims?external_id=h:told-anew")));
        Assert.Equal("2", Quantities(await LinesAsync(source, "/v1/claims?external_id=h:told-anew&superseded_at__isnull=false")));
        Assert.Equal("", Quantities(await LinesAsync(source, "/v1/claims?external_id=h:withdrawn,h:retracted")));
        Assert.Equal("8", Quantities(await LinesAsync(source, "/v1/claims?external_id=h:withdrawn&superseded_at__isnull=false")));
        Assert.Equal("9", Quantities(await LinesAsync(source, "/v1/claims?external_id=h:retracted&article_status=retracted")));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Root([System.Runtime.CompilerServices.CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));

    static string Quantities(IEnumerable<string> lines) => string.Join(' ', lines.Select(l => JsonNode.Parse(l)!["quantity_low"]!.ToString()));

    static async Task<JsonElement> PutAsync(FactsService service, string text, string type, string query = "create_missing=true")
    {
        // A file of more rows than are answered at once would be worked on later.
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        var answer = await service.Admin.PostAsync("/v1/imports?" + query, body, Cancel);
        var report = await Case.ReadAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, report.ToString());
        return report;
    }

    /// <summary>Writes exported parties or items to the empty store, parents before members. States exist already.</summary>
    async Task CatalogueAsync(FactsService empty, string noun)
    {
        var left = (await LinesAsync(source, "/v1/" + noun)).ToList();
        for (var before = left.Count + 1; left.Count > 0 && left.Count < before;)
        {
            before = left.Count;
            foreach (var line in left.ToList())
                if ((await empty.Admin.PostAsync("/v1/" + noun, Case.Json(line, "application/json"),
                    Cancel)).StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict) left.Remove(line);
        }
        Assert.Empty(left);
    }

    /// <summary>The rows without the members that belong to one store (ids and times), in a fixed order.</summary>
    static async Task<IReadOnlyList<string>> LinesAsync(FactsService service, string question, params string[] without)
    {
        var answer = await service.Anonymous.GetAsync(question + (question.Contains('?') ? "&" : "?") + "format=ndjson", Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            var row = JsonNode.Parse(line)!.AsObject();
            foreach (var name in without) row.Remove(name);
            return row.ToJsonString();
        }).Order(StringComparer.Ordinal)];
    }
}
