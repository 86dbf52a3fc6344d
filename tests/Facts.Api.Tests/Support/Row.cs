using System.Text.Json;

namespace Facts.Api.Tests.Support;

/// <summary>A row of an answer. A measure reads <c>[2, 4]</c>, or <c>[2, ∞)</c> without upper bound. Any other member reads as its JSON.</summary>
sealed class Row(JsonElement json)
{
    public string this[string name] => json.TryGetProperty(name + "_low", out var low)
        ? $"[{Number(low)}, {(json.GetProperty(name + "_high") is { ValueKind: JsonValueKind.Null } ? "∞)" : Number(json.GetProperty(name + "_high")) + "]")}"
        : json.GetProperty(name).ToString();

    /// <summary>All of it, without the address of its explanation.</summary>
    public string Text() => string.Join('\n', json.EnumerateObject().Where(m => m.Name != "explain").Select(m =>
        $"{m.Name}: {(m.Value.ValueKind == JsonValueKind.Number ? Number(m.Value) : m.Value.ToString())}"));

    // 5.0 and 5 are one number.
    static string Number(JsonElement number) => number.ValueKind == JsonValueKind.Null ? "none" : number.GetDecimal().ToString("0.####");
}
