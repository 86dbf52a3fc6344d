using System.Text.Json;

namespace Facts.Cli;

/// <summary>
/// Tells unknown from 0. A measure is 0 too where all that it counts came without a number: the service then names it as <c>unknown</c>.
/// </summary>
/// <param name="late">Commitments without a number whose deadline is over. They may be overdue by any number.</param>
internal sealed class UnknownNumbers(IReadOnlyList<JsonElement> late)
{
    /// <summary>Filters of a balance that the list of commitments takes too.</summary>
    static readonly string[] Shared =
        ["donor", "recipient", "item", "unit", "firmness", "due_from", "due_to", "stated_from", "stated_to", "as_of", "known_at"];

    /// <summary>Reads what the rows of a balance do not say. Asks nothing where everything has a number.</summary>
    /// <param name="server">The service.</param>
    /// <param name="query">The query of the balance.</param>
    /// <param name="balance">The answer to it.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<UnknownNumbers> ReadAsync(
        Server server, IEnumerable<(string Name, string Value)> query, JsonElement balance, CancellationToken cancel)
    {
        if (balance.GetProperty("items").EnumerateArray().All(r => Number(r, "unquantified") == 0)) return new([]);
        // A conditional commitment is never overdue, nor is an intention.
        var address = server.Address("v1/commitments", [.. query.Where(q => Shared.Contains(q.Name)),
            ("unquantified", "true"), ("due_to__lt", balance.GetProperty("as_of").GetString()!), ("status", "open,partial"), ("conditional", "false"),
            ("firmness__not", "intent"), ("limit", "5000"), ("fields", "donors,recipient,items,unit")]);
        using var answer = JsonDocument.Parse(await server.GetTextAsync(address, cancel));
        return new([.. answer.RootElement.GetProperty("items").EnumerateArray().Select(c => c.Clone())]);
    }

    /// <summary>True if the measure of a row is unknown, though the service gives 0 for it.</summary>
    public bool Has(JsonElement row, string measure)
    {
        var unknown = row.TryGetProperty("unknown", out var names) && names.GetString() is { } text ? text.Split(',') : [];
        // The service does not say whether a deadline is over of what has no number.
        return measure is "overdue" or "overdue_original" ? unknown.Contains("committed") && late.Any(c => IsOf(c, row)) : unknown.Contains(measure);
    }

    /// <summary>True if a commitment may be one of a row. Its category and years are not compared.</summary>
    static bool IsOf(JsonElement commitment, JsonElement row) =>
        Matches(row, "unit", commitment.GetProperty("unit").GetString())
        && Matches(row, "recipient", commitment.GetProperty("recipient").GetString())
        && Matches(row, "donor", Set(commitment, "donors", '+')) && Matches(row, "item", Set(commitment, "items", '|'));

    static bool Matches(JsonElement row, string group, string? code) => !row.TryGetProperty(group, out var own) || own.GetString() == code;

    static string Set(JsonElement commitment, string name, char separator) =>
        string.Join(separator, commitment.GetProperty(name).EnumerateArray().Select(c => c.GetString()).Order(StringComparer.Ordinal));

    static decimal? Number(JsonElement row, string member) =>
        row.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
