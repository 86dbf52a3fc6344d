using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Facts.Api.Tests.Contract;

/// <summary>An operation of the document.</summary>
sealed record DocumentedOperation(string Method, string Path, JsonObject Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();

    public IEnumerable<JsonObject> Parameters => (Json["parameters"]?.AsArray() ?? []).Select(p => p!.AsObject());

    /// <summary>True if the answer is an event stream without end.</summary>
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
    /// <param name="withDefaults">True to give parameters without an example their default.</param>
    public HttpRequestMessage Request(string? media = null, string? text = null, bool withDefaults = false)
    {
        var path = Path;
        var query = new List<string>();
        var request = new HttpRequestMessage(new HttpMethod(Method), "");
        foreach (var parameter in Parameters)
        {
            if ((parameter["example"] ?? (withDefaults ? parameter["schema"]!["default"] : null)) is not { } example) continue;
            if (example is JsonObject members)
            {
                query.AddRange(members.Select(m => $"{m.Key}={Uri.EscapeDataString(m.Value!.ToString())}"));
                continue;
            }
            var name = parameter["name"]!.GetValue<string>();
            var value = string.Join(',', example is JsonArray values ? values.Select(v => v!.ToString()) : [example.ToString()]);
            if (parameter["in"]!.GetValue<string>() == "path") path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value));
            else if (parameter["in"]!.GetValue<string>() == "query") query.Add($"{name}={Uri.EscapeDataString(value)}");
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        request.RequestUri = new Uri(path + (query.Count == 0 ? "" : "?" + string.Join('&', query)), UriKind.Relative);
        if (text is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(media!) } };
        return request;
    }

    public override string ToString() => $"{Method} {Path}";
}
