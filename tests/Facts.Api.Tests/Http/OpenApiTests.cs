using System.Text.Json;

namespace Facts.Api.Tests.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task The_document_is_served_as_3_1_and_as_3_0()
    {
        await using var app = await HttpApp.StartAsync();
        Assert.StartsWith("3.1", (await app.GetAsync("/openapi/v1.json")).GetProperty("openapi").GetString());
        Assert.StartsWith("3.0", (await app.GetAsync("/openapi/v1-3.0.json")).GetProperty("openapi").GetString());
        var page = await app.SendAsync("GET", "/swagger/index.html");
        Assert.Equal(200, (int)page.StatusCode);
        // A phone would lay it out 980 pixels wide.
        Assert.Contains("<meta name=\"viewport\" content=\"width=device-width", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_list_operation_documents_everything_the_list_does()
    {
        await using var app = await HttpApp.StartAsync();
        var document = await app.GetAsync("/openapi/v1.json");
        var list = document.GetProperty("paths").GetProperty("/v1/promises").GetProperty("get");
        Assert.Equal("listPromises", list.GetProperty("operationId").GetString());
        var names = list.GetProperty("parameters").EnumerateArray()
            .Select(p => p.TryGetProperty("name", out var name) ? name.GetString() : p.GetProperty("$ref").GetString()!.Split('/')[^1]).ToList();
        Assert.Superset(new HashSet<string?> { "donors", "filters", "sort", "fields", "limit", "cursor", "as_of", "known_at", "facet", "If-None-Match" },
            names.ToHashSet());
        var responses = list.GetProperty("responses").EnumerateObject().Select(r => r.Name);
        Assert.Equal(["200", "304", "400", "401", "403", "406", "414", "429", "431", "500", "503", "507"], responses);
        Assert.True(document.GetProperty("components").GetProperty("schemas").GetProperty("PromiseFilters").GetProperty("properties").TryGetProperty("amount__gte", out _));
        var envelope = document.GetProperty("components").GetProperty("schemas").GetProperty("PromiseList");
        Assert.Contains("dataset_version", envelope.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public async Task The_schemas_hold_nullability_and_the_rules_of_the_validators()
    {
        await using var app = await HttpApp.StartAsync();
        var schemas = (await app.GetAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        var row = schemas.GetProperty("Promise").GetProperty("properties");
        Assert.Equal("""["null","number"]""", Types(row.GetProperty("amount")));
        Assert.Equal("\"string\"", Types(row.GetProperty("title")));
        var request = schemas.GetProperty("PromiseRequest");
        Assert.Equal(["donors", "title"], request.GetProperty("required").EnumerateArray().Select(r => r.GetString()!).Order());
        Assert.Equal(30, request.GetProperty("properties").GetProperty("title").GetProperty("maxLength").GetInt32());
        Assert.Equal("\"string\"", Types(schemas.GetProperty("Problem").GetProperty("properties").GetProperty("trace_id")));
        Assert.Equal("""["null","string"]""", Types(schemas.GetProperty("ProblemError").GetProperty("properties").GetProperty("pointer")));
    }

    static string Types(JsonElement schema) =>
        schema.GetProperty("type") is { ValueKind: JsonValueKind.Array } types
            ? JsonSerializer.Serialize(types.EnumerateArray().Select(t => t.GetString()).Order())
            : schema.GetProperty("type").GetRawText();
}
