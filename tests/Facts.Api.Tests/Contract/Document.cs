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
        foreach (var operation in json["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Select(o => o.Value!.AsObject()))
        {
            operation["parameters"] = Resolved(operation["parameters"], json, true);
            foreach (var (status, response) in operation["responses"]!.AsObject().ToList())
                operation["responses"]![status] = Resolved(response, json, false);
        }
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

    /// <summary>The same with the target in the place of each reference to a part of the components.</summary>
    /// <param name="node">Of an operation.</param>
    /// <param name="json">The document.</param>
    /// <param name="withSchemas">False to leave references to schemas.</param>
    static JsonNode? Resolved(JsonNode? node, JsonObject json, bool withSchemas) => node switch
    {
        JsonArray items => new JsonArray([.. items.Select(i => Resolved(i, json, withSchemas))]),
        JsonObject members when members["$ref"]?.GetValue<string>() is { } target && (withSchemas || !target.Contains("/schemas/", StringComparison.Ordinal)) =>
            With(Resolved(Target(json, target), json, withSchemas)!.AsObject(), members.Where(m => m.Key != "$ref")),
        JsonObject members => With([], members.Select(m => KeyValuePair.Create(m.Key, Resolved(m.Value, json, withSchemas)))),
        _ => node?.DeepClone(),
    };

    static JsonObject With(JsonObject target, IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        foreach (var (name, value) in members) target[name] = value?.DeepClone();
        return target;
    }

    static JsonNode Target(JsonObject json, string reference) =>
        reference.Split('/').Skip(1).Aggregate((JsonNode)json, (node, name) => node[name]!);

    public IEnumerable<DocumentedOperation> Operations =>
        from path in _json["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new DocumentedOperation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    /// <summary>Returns the differences between an answer and the document. Empty if there are none.</summary>
    public async Task<IReadOnlyList<string>> ComplaintsAsync(DocumentedOperation operation, HttpResponseMessage answer)
    {
        var status = ((int)answer.StatusCode).ToString();
        if (operation.Json["responses"]![status] is not JsonObject response) return [$"{operation}: {status} is not documented"];
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (response["content"] is not JsonObject { Count: > 0 } content)
            return body.Length == 0 ? [] : [$"{operation}: {status} has a body, which is not documented"];
        var media = answer.Content.Headers.ContentType?.MediaType ?? "nothing";
        if (!content.ContainsKey(media)) return [$"{operation}: {status} is {media}, which is not documented"];
        if (!media.EndsWith("json", StringComparison.Ordinal) || media.EndsWith("ndjson", StringComparison.Ordinal)) return [];
        return [.. _schemas.Definitions[Name(operation, status, media)].ActualSchema.Validate(body)
            .Select(e => $"{operation}: {status} at {e.Path}: {e.Kind}")];
    }

    static string Name(DocumentedOperation operation, string status, string media) => $"{operation.Id} {status} {media.Replace('/', ' ')}";
}
