using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Facts.Api.Http;

/// <summary>JSON in which an object or array is one line if it fits into one: short, and a change of it can be read line by line.</summary>
internal static class JsonLayout
{
    const int Width = 200;

    static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonNode? node, int indent = 0)
    {
        var line = node?.ToJsonString(Options) ?? "null";
        if (line.Length <= Width - indent || node is JsonValue) return line;
        return node is JsonArray array
            ? Block('[', array.Select(item => Of(item, indent + 1)), ']')
            : Block('{', node!.AsObject().Select(member => $"{JsonSerializer.Serialize(member.Key, Options)}: {Of(member.Value, indent + 1)}"), '}');

        string Block(char open, IEnumerable<string> parts, char close)
        {
            var margin = new string(' ', indent);
            return $"{open}\n{margin} {string.Join($",\n{margin} ", parts)}\n{margin}{close}";
        }
    }
}
