using System.Text.Json;
using Spectre.Console;

namespace Facts.Cli;

/// <summary>Prints balances for people: names instead of codes, intervals such as "4–6", and a red mark for overdue quantities.</summary>
internal static class BalanceTable
{
    /// <summary>The measures in reading order. A measure that is zero in all rows is left out, unless it is in <see cref="Always"/>.</summary>
    static readonly string[] Measures =
    [
        "requested", "intended", "original", "committed", "cancelled", "delivered", "credited", "surplus", "unpledged", "outstanding", "overdue",
        "overdue_original", "fulfilment_rate", "unmet_need",
    ];

    static readonly string[] Always = ["committed", "delivered", "outstanding", "overdue"];

    /// <summary>Counts that show how far to trust a row. They are printed if they are not zero.</summary>
    static readonly string[] Notes =
        ["unquantified", "conditional", "on_hold", "disputed", "conflicts", "possible_overlap", "committed_overlap", "delivered_overlap"];

    static readonly string[] Counts = ["commitments", "deliveries", "requests", "claims", "articles", "publishers", .. Notes];

    static readonly string[] Groups = ["recipient", "donor", "category", "item", "year_stated", "year_due"];

    public static void Write(JsonElement answer, bool isComplete)
    {
        var rows = answer.GetProperty("items").EnumerateArray().ToList();
        Console.Out.WriteLine($"as of {answer.GetProperty("as_of")}");
        if (rows.Count == 0)
        {
            Console.Out.WriteLine("no promise, delivery or request matches");
            return;
        }
        var columns = Columns(rows, isComplete);
        Output.Table(columns, rows.Select(row => columns.Select(c => Cell(row, c.Title)).ToArray()));
    }

    static List<(string Title, bool IsNumber)> Columns(List<JsonElement> rows, bool isComplete) =>
    [
        .. Groups.Where(g => rows[0].TryGetProperty(g, out _)).Select(g => (g, false)),
        ("unit", false),
        .. Measures.Where(m => isComplete || Always.Contains(m)
            || m is not ("original" or "credited" or "overdue_original" or "fulfilment_rate") && rows.Exists(r => IsNonzero(r, m) || IsUnknown(r, m)))
                .Select(m => (m, true)),
        .. isComplete ? Counts.Select(c => (c, true)) : rows.Exists(r => NotesOf(r).Length > 0) ? [("notes", false)] : (IEnumerable<(string, bool)>)[],
    ];

    static string Cell(JsonElement row, string column)
    {
        if (Measures.Contains(column)) return Measure(row, column);
        if (column == "notes") return NotesOf(row);
        var name = row.TryGetProperty(column + "_name", out var named) ? named : row.GetProperty(column);
        return name.ValueKind == JsonValueKind.Null ? "–" : Markup.Escape(name.ToString());
    }

    static string NotesOf(JsonElement row)
    {
        var notes = Notes.Where(n => Number(row, n) > 0).Select(n => $"{Number(row, n)} {n.Replace('_', ' ')}");
        // A model that came for a class is in the row of the model, and what is left to come is in the row of the class.
        return row.TryGetProperty("item", out _) && Number(row, "delivered_high") == 0 && Interval(row, "credited") is var (low, high) && high != 0
            ? string.Join(", ", notes.Prepend($"{IntervalText.Format(low, high)} came as another item")) : string.Join(", ", notes);
    }

    static string Measure(JsonElement row, string measure)
    {
        if (IsUnknown(row, measure)) return "[italic]unknown[/]";
        var (low, high) = Interval(row, measure);
        var text = measure == "fulfilment_rate" ? IntervalText.Percent(low, high) : IntervalText.Format(low, high);
        return measure != "overdue" || !IsNonzero(row, measure) ? text : $"[red]! {text}[/]";
    }

    // The service gives 0 too where all that a measure counts came without a number, and then names the measure.
    static bool IsUnknown(JsonElement row, string measure) =>
        row.TryGetProperty("unknown", out var names) && names.GetString() is { } text && text.Split(',').Contains(measure);

    static bool IsNonzero(JsonElement row, string measure) => Interval(row, measure) is not ((null, null) or (0, 0));

    static (decimal? Low, decimal? High) Interval(JsonElement row, string measure) => (Number(row, measure + "_low"), Number(row, measure + "_high"));

    static decimal? Number(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
