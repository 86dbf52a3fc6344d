using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Finds the place at which a JSON text cannot be read, as a JSON pointer.</summary>
internal static class JsonPath
{
    public static string At(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var path = new List<(string? Name, int Index)>();
        try
        {
            while (reader.Read())
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject: Next(path); path.Add(("", -1)); break;
                    case JsonTokenType.StartArray: Next(path); path.Add((null, -1)); break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray: path.RemoveAt(path.Count - 1); break;
                    case JsonTokenType.PropertyName: path[^1] = (reader.GetString(), 0); break;
                    default: Next(path); break;
                }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Next(path);
        }
        var pointer = new StringBuilder();
        foreach (var (name, index) in path) pointer.Append('/').Append(name is null ? index.ToString() : JsonBinder.Escape(name));
        return pointer.ToString();
    }

    // A value begins: in an array it is one further on.
    static void Next(List<(string? Name, int Index)> path)
    {
        if (path is [.., (null, var index)]) path[^1] = (null, index + 1);
    }
}
