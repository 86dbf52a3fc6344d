using System.Text.Json;
using Spectre.Console;

namespace Facts.Cli;

/// <summary>Prints the balances that an import changed, or would change: each measure before and after.</summary>
internal static class EffectTable
{
    /// <summary>The number of balances that are printed: about one screen.</summary>
    const int Shown = 20;

    public static void Write(JsonElement effect, bool isStored)
    {
        if (effect.ValueKind != JsonValueKind.Object || !effect.TryGetProperty("balances", out var balances) || balances.GetArrayLength() == 0) return;
        var count = effect.TryGetProperty("balances_moved", out var total) ? total.GetInt64() : balances.GetArrayLength();
        Console.Out.WriteLine($"balances {(isStored ? "changed" : "that would change")}: {count}");
        Output.Table(
            [("donor", false), ("recipient", false), ("item", false), ("unit", false), ("change", false)],
            balances.EnumerateArray().Take(Shown)
                .Select(b => new[] { Text(b, "donor"), Text(b, "recipient"), Text(b, "item"), Text(b, "unit"), Markup.Escape(Changes(b)) }));
        if (count > Shown) Console.Out.WriteLine($"… and {count - Shown} more");
    }

    static string Changes(JsonElement balance) => string.Join(", ", balance.GetProperty("measures").EnumerateObject()
        .Select(m => $"{m.Name.Replace('_', ' ')} {Interval(m.Value.GetProperty("before"))} → {Interval(m.Value.GetProperty("after"))}"));

    static string Interval(JsonElement interval) => IntervalText.Format(Number(interval, "low"), Number(interval, "high"));

    static decimal? Number(JsonElement interval, string member) =>
        interval.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    static string Text(JsonElement balance, string member) =>
        balance.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? Markup.Escape(value.GetString()!) : "–";
}
