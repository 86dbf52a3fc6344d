using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Facts.Api.Http;

/// <summary>The document as it is sent, made once for each version of OpenAPI: it changes with the build only.</summary>
internal sealed class OpenApiTexts(IServiceScopeFactory scopes)
{
    readonly ConcurrentDictionary<OpenApiSpecVersion, Lazy<Task<byte[]>>> _texts = new();

    public Task<byte[]> ReadAsync(OpenApiSpecVersion version) => _texts.GetOrAdd(version, v => new(() => WriteAsync(v))).Value;

    async Task<byte[]> WriteAsync(OpenApiSpecVersion version)
    {
        using var scope = scopes.CreateScope();
        var document = await scope.ServiceProvider.GetRequiredService<IAsyncSwaggerProvider>().GetSwaggerAsync("v1");
        using var text = new StringWriter();
        document.SerializeAs(version, new OpenApiJsonWriter(text));
        var json = JsonLayout.Of(JsonNode.Parse(text.ToString()));
        // OpenAPI 3.0 has no type for null alone, and heeds "nullable" only next to a type.
        return Encoding.UTF8.GetBytes(json.Replace("""{"enum":[null],"nullable":true}""", """{"type":"string","enum":[null],"nullable":true}"""));
    }
}
