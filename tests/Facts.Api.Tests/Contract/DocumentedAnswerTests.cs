using System.Text;
using System.Text.Json.Nodes;

namespace Facts.Api.Tests.Contract;

/// <summary>Compares real answers with the OpenAPI document.</summary>
public sealed class DocumentedAnswerTests(SampledService service) : IClassFixture<SampledService>
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>True for an operation about one import, decision or key: the sample has none of them.</summary>
    internal static bool IsOfWhatWasDone(DocumentedOperation operation) =>
        new[] { "/v1/imports/", "/v1/review/decisions/", "/v1/keys/" }.Any(path => operation.Path.StartsWith(path, StringComparison.Ordinal))
        || operation.Path.EndsWith("/merge", StringComparison.Ordinal);

    /// <summary>Lists of actions since the sample was loaded. They are still empty.</summary>
    static readonly string[] MayBeEmpty = ["listReview", "listDecisions", "listImports", "listChanges", "listKeys", "listAudit"];

    [Fact]
    public async Task An_answer_that_differs_from_the_document_is_found()
    {
        var document = await Document.ReadAsync(service.Anonymous);
        var operation = document.Operations.Single(o => o.Id == "getClaim");
        var claim = JsonNode.Parse(await service.Anonymous.GetStringAsync("/v1/claims/1?embed=article", Cancel))!.AsObject();
        Assert.Empty(await ComplaintsAsync(_ => { }));
        Assert.Equal(["GET /v1/claims/{id}: 200 at #/quote: PropertyRequired"], await ComplaintsAsync(c => c.Remove("quote")));
        Assert.Equal(["GET /v1/claims/{id}: 200 at #/more: NoAdditionalPropertiesAllowed"], await ComplaintsAsync(c => c["more"] = 1));
        Assert.Equal(["GET /v1/claims/{id}: 200 at #/kind: NotInEnumeration"], await ComplaintsAsync(c => c["kind"] = "promise"));
        Assert.NotEmpty(await ComplaintsAsync(c => c["quantity_low"] = "20"));
        Assert.NotEmpty(await ComplaintsAsync(c => c["id"] = null));
        Assert.NotEmpty(await ComplaintsAsync(c => c["article"]!["recorded_at"] = "yesterday"));

        Task<IReadOnlyList<string>> ComplaintsAsync(Action<JsonObject> change)
        {
            var changed = claim.DeepClone().AsObject();
            change(changed);
            return document.ComplaintsAsync(operation, new(System.Net.HttpStatusCode.OK) { Content = Body(changed.ToJsonString()) });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_example_of_reading_runs_unchanged_and_finds_something(bool withDefaults)
    {
        var document = await Document.ReadAsync(service.Anonymous);
        var wrong = new List<string>();
        foreach (var operation in document.Operations.Where(o => o.Method == "GET" && !IsOfWhatWasDone(o) && !o.IsEndless))
        {
            var answer = await service.Admin.SendAsync(operation.Request(withDefaults: withDefaults), Cancel);
            if (!answer.IsSuccessStatusCode) wrong.Add($"{operation}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
            else if (!MayBeEmpty.Contains(operation.Id) && await answer.Content.ReadAsStringAsync(Cancel) is var text
                && text.Contains("\"items\":[]", StringComparison.Ordinal))
                wrong.Add($"{operation}: its examples find nothing");
            if (answer.Headers.ETag is null && operation.Json["responses"]!["200"]!["headers"]!["ETag"] is not null) wrong.Add($"{operation}: no ETag");
            wrong.AddRange(await document.ComplaintsAsync(operation, answer));
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_row_matches_the_document()
    {
        var document = await Document.ReadAsync(service.Anonymous);
        var wrong = new List<string>();
        foreach (var operation in document.Operations.Where(o => o.Method == "GET" && !IsOfWhatWasDone(o) && !o.IsEndless))
        {
            var names = operation.Parameters.ToDictionary(p => p["name"]!.GetValue<string>());
            // All there is, with all that can be nested, counted and grouped by, today and on another day.
            var all = new[] { "embed", "facet", "group_by" }.Where(names.ContainsKey)
                .Select(n => $"{n}={string.Join(',', names[n]["schema"]!["items"]!["enum"]!.AsArray().Select(w => w!.ToString()))}")
                .Concat(names.ContainsKey("count") ? ["count=exact"] : [])
                .Concat(names.ContainsKey("interval") ? ["interval=year", "from=2022-01-01"] : []).ToList();
            foreach (var query in new[] { all, [.. all, .. names.ContainsKey("as_of") ? ["as_of=2024-10-15"] : Array.Empty<string>()],
                [.. all, .. names.ContainsKey("min_stage") ? ["links=explicit", "firmness=pledged"] : Array.Empty<string>()] })
            {
                if (operation.Path.EndsWith("/explain", StringComparison.Ordinal)) continue;
                var path = operation.Request().RequestUri!.OriginalString.Split('?')[0];
                var answer = await service.Admin.GetAsync($"{path}?{string.Join('&', query)}", Cancel);
                // On another day there may be no such fact.
                if (!answer.IsSuccessStatusCode && (answer.StatusCode != System.Net.HttpStatusCode.NotFound || !char.IsAsciiDigit(path[^1])))
                    wrong.Add($"{path}?{string.Join('&', query)}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(Cancel)}");
                wrong.AddRange(await document.ComplaintsAsync(operation, answer));
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Every_explanation_matches_the_document()
    {
        var document = await Document.ReadAsync(service.Anonymous);
        var explain = document.Operations.Single(o => o.Id == "explainBalance");
        var rows = JsonNode.Parse(await service.Anonymous.GetStringAsync("/v1/balances?group_by=donor,item", Cancel))!["items"]!.AsArray();
        Assert.True(rows.Count > 5);
        foreach (var row in rows)
            Assert.Empty(await document.ComplaintsAsync(explain, await service.Anonymous.GetAsync(row!["explain"]!.GetValue<string>(), Cancel)));
    }

    [Fact]
    public async Task Every_refusal_matches_the_document()
    {
        var document = await Document.ReadAsync(service.Anonymous);
        var wrong = new List<string>();
        // Makes the key and the decision that the examples of revoking and undoing name.
        await service.Admin.PostAsync("/v1/keys", Body("""{"name":"a test","scopes":["read"]}"""), Cancel);
        await service.Admin.PostAsync("/v1/review/decisions", Body("""{"decision":"split","a":41,"b":42,"reason":"a test"}"""), Cancel);
        foreach (var operation in document.Operations)
            foreach (var (expected, request) in Refused(operation))
            {
                var answer = await service.Admin.SendAsync(request, Cancel);
                if ((int)answer.StatusCode != expected)
                    wrong.Add($"{operation}: {(int)answer.StatusCode} where {expected} is due: {await answer.Content.ReadAsStringAsync(Cancel)}");
                wrong.AddRange(await document.ComplaintsAsync(operation, answer));
            }
        Assert.Empty(wrong);
    }

    static IEnumerable<(int Status, HttpRequestMessage Request)> Refused(DocumentedOperation operation)
    {
        var (media, text) = operation.ExampleBodies.First();
        yield return (400, With(r => r.RequestUri =
            new(r.RequestUri!.OriginalString + (r.RequestUri.OriginalString.Contains('?') ? "&" : "?") + "no_such_parameter=1", UriKind.Relative)));
        yield return (401, With(r => r.Headers.TryAddWithoutValidation("Authorization", "Bearer fct_0000000000000000000000000")));
        yield return (406, With(r => r.Headers.TryAddWithoutValidation("Accept", "image/gif")));
        // PUT creates a missing resource, but with If-Match it answers 412.
        if (operation.Path.Contains('{'))
            yield return (operation.Method == "PUT" ? 412 : 404,
                With(r => r.RequestUri = new(operation.Path.Replace("{id}", "999999999").Replace("{code}", "no-such-thing"), UriKind.Relative)));
        // The sample has no merge, whose undo would need If-Match: MergeTests has these refusals.
        if (operation.Parameters.Any(p => p["name"]!.GetValue<string>() == "If-Match") && !operation.Path.EndsWith("/merge", StringComparison.Ordinal))
        {
            yield return (428, With(r => r.Headers.Remove("If-Match")));
            yield return (412, With(r =>
            {
                r.Headers.Remove("If-Match");
                r.Headers.TryAddWithoutValidation("If-Match", "\"999\"");
            }));
        }
        if (operation.Bodies is null) yield break;
        yield return (400, With(r => r.Content = Body("[{\"kind\":")));
        yield return (415, With(r => r.Content = Body("<claim/>", "text/xml")));
        yield return (422, With(r => r.Content = Body(operation.Id switch
        {
            "loadClaims" => "[{\"kind\":\"pledge\"}]",
            // A merge patch without members changes nothing, and that is fine.
            "editParty" or "editItem" or "editPerimeter" => "{\"name\":null}",
            _ => "{}",
        })));

        HttpRequestMessage With(Action<HttpRequestMessage> change)
        {
            var request = operation.Request(media, text);
            change(request);
            return request;
        }
    }

    static ByteArrayContent Body(string text, string media = "application/json") =>
        new(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new(media) } };
}
