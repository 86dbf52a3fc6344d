using System.Text.Json;

namespace Facts.Cli;

/// <summary>One thing that is wrong, and where.</summary>
internal sealed record ProblemError(string? Pointer, string? Parameter, int? Row, string? Column, string? Code, string? Message, JsonElement? Value, string? Suggestion)
{
    /// <summary>Its place in a file first, as compilers write it, so that editors find the line.</summary>
    public string InFile(string file) => $"{file}{(Row is { } row ? $":{row}" : "")} {Column ?? Pointer?.Trim('/')}".TrimEnd() + $" {Said}{More(Value)}";

    /// <summary>Its place in a request first.</summary>
    public override string ToString()
    {
        var place = Parameter ?? Column ?? Pointer;
        // Most messages say it themselves.
        var before = place is null || Message?.Contains(place, StringComparison.Ordinal) == true ? "" : place + ": ";
        return before + Said + More(Value is { } value && Message?.Contains(value.ToString(), StringComparison.Ordinal) == true ? null : Value);
    }

    string Said => Column is not null && Message?.StartsWith(Column + " ", StringComparison.Ordinal) == true ? Message[(Column.Length + 1)..] : Message ?? Code ?? "is wrong";

    string More(JsonElement? shown)
    {
        var more = new[]
        {
            shown is { ValueKind: not JsonValueKind.Null } value ? $"value {value}" : null,
            Suggestion is { } nearest && Message?.Contains("did you mean", StringComparison.Ordinal) != true ? $"did you mean {nearest}" : null,
        }.OfType<string>().ToList();
        return more.Count == 0 ? "" : $" ({string.Join("; ", more)})";
    }
}
