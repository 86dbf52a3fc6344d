using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NJsonSchema;

namespace Facts.Api.Tests.Contract;

/// <summary>The OpenAPI document as a client reads it: its operations, their examples as requests, and its schemas to hold answers against.</summary>
sealed class Document
{
    readonly JsonObject _json;
    readonly JsonSchema _schemas;

    Document(JsonObject json, JsonSchema schemas) => (_json, _schemas) = (json, schemas);

    public static async Task<Document> ReadAsync(HttpClient api)
    {
        var json = JsonNode.Parse(await api.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.AsObject();
        // One schema that defines them all: those of components by their names, and each answer's by its operation, status and media type.
        var definitions = json["components"]!["schemas"]!.DeepClone().AsObject();
        var document = new Document(json, new JsonSchema());
        foreach (var operation in document.Operations)
            foreach (var (status, response) in operation.Json["responses"]!.AsObject())
                foreach (var (media, content) in response!["content"]?.AsObject() ?? [])
                    definitions[Name(operation, status, media)] = content!["schema"]!.DeepClone();
        var all = new JsonObject { ["definitions"] = definitions }.ToJsonString().Replace("#/components/schemas/", "#/definitions/");
        return new(json, await JsonSchema.FromJsonAsync(all, TestContext.Current.CancellationToken));
    }

    public JsonObject Json => _json;

    public IEnumerable<DocumentedOperation> Operations =>
        from path in _json["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new DocumentedOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    /// <summary>What is wrong with an answer, by the document; nothing where all is right.</summary>
    public async Task<IReadOnlyList<string>> ComplaintsAsync(DocumentedOperation operation, HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString();
        if (operation.Json["responses"]![status] is not JsonObject response) return [$"{operation}: {status} is not documented"];
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response["content"] is not JsonObject { Count: > 0 } content) return body.Length == 0 ? [] : [$"{operation}: {status} has a body, which is not documented"];
        var media = answer.Content.Headers.ContentType?.MediaType ?? "nothing";
        if (!content.ContainsKey(media)) return [$"{operation}: {status} is {media}, which is not documented"];
        if (!media.EndsWith("json", StringComparison.Ordinal) || media.EndsWith("ndjson", StringComparison.Ordinal)) return [];
        return [.. _schemas.Definitions[Name(operation, status, media)].ActualSchema.Validate(body).Select(e => $"{operation}: {status} at {e.Path}: {e.Kind}")];
    }

    static string Name(DocumentedOperation operation, string status, string media) => $"{operation.Id} {status} {media.Replace('/', ' ')}";
}

/// <summary>An operation of the document.</summary>
sealed record DocumentedOperation(string Method, string Path, JsonObject Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();

    public IEnumerable<JsonObject> Parameters => (Json["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject());

    /// <summary>Whether it goes on answering for as long as somebody listens.</summary>
    public bool IsEndless => Json["responses"]?["200"]?["content"]?["text/event-stream"] is not null;

    public JsonObject? Bodies => Json["requestBody"]?["content"]?.AsObject();

    /// <summary>Each body of the examples, with its media type; one empty one where the operation takes none.</summary>
    public IEnumerable<(string? Media, string? Text)> ExampleBodies => Bodies is null ? [(null, null)]
        : from media in Bodies
          from example in media.Value!["examples"]?.AsObject() ?? []
          let value = example.Value!["value"]!
          select (media.Key, media.Key == "application/json" ? value.ToJsonString() : value.GetValue<string>());

    /// <summary>The request with all examples of its parameters, as Swagger UI fills them in.</summary>
    /// <param name="media">Of the body.</param>
    /// <param name="text">The body.</param>
    /// <param name="withDefaults">Whether parameters without an example get their default.</param>
    public HttpRequestMessage Request(string? media = null, string? text = null, bool withDefaults = false)
    {
        var path = Path;
        var query = new List<string>();
        var request = new HttpRequestMessage(new HttpMethod(Method), "");
        foreach (var parameter in Parameters)
        {
            if ((parameter["example"] ?? (withDefaults ? parameter["schema"]!["default"] : null)) is not { } example) continue;
            var name = parameter["name"]!.GetValue<string>();
            var value = string.Join(',', example is JsonArray values ? values.Select(v => v!.ToString()) : [example.ToString()]);
            if (parameter["in"]!.GetValue<string>() == "path") path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value));
            else if (parameter["in"]!.GetValue<string>() == "query") query.Add($"{name}={Uri.EscapeDataString(value)}");
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        request.RequestUri = new Uri(path + (query.Count == 0 ? "" : "?" + string.Join('&', query)), UriKind.Relative);
        if (text is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(media!) } };
        return request;
    }

    public override string ToString() => $"{Method} {Path}";
}
