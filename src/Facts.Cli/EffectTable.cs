using System.Text.Json;
using Spectre.Console;

namespace Facts.Cli;

/// <summary>The balances that a load moved, or would move: what they were and what they are, measure by measure.</summary>
internal static class EffectTable
{
    /// <summary>More than a screen of them nobody reads.</summary>
    const int Shown = 20;

    public static void Write(JsonElement effect, bool isStored)
    {
        if (effect.ValueKind != JsonValueKind.Object || !effect.TryGetProperty("balances", out var balances) || balances.GetArrayLength() == 0) return;
        var moved = effect.TryGetProperty("balances_moved", out var count) ? count.GetInt64() : balances.GetArrayLength();
        Console.Out.WriteLine($"balances {(isStored ? "moved" : "that would move")}: {moved}");
        Output.Table(
            [("donor", false), ("recipient", false), ("item", false), ("unit", false), ("what moved", false)],
            balances.EnumerateArray().Take(Shown).Select(b => new[] { Text(b, "donor"), Text(b, "recipient"), Text(b, "item"), Text(b, "unit"), Markup.Escape(Moves(b)) }));
        if (moved > Shown) Console.Out.WriteLine($"… and {moved - Shown} more");
    }

    static string Moves(JsonElement balance) => string.Join(", ", balance.GetProperty("measures").EnumerateObject()
        .Select(m => $"{m.Name.Replace('_', ' ')} {Interval(m.Value.GetProperty("before"))} → {Interval(m.Value.GetProperty("after"))}"));

    static string Interval(JsonElement interval) => IntervalText.Format(Number(interval, "low"), Number(interval, "high"));

    static decimal? Number(JsonElement interval, string member) =>
        interval.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;

    static string Text(JsonElement balance, string member) =>
        balance.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? Markup.Escape(value.GetString()!) : "–";
}
