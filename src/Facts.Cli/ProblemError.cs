using System.Text.Json;

namespace Facts.Cli;

/// <summary>One error and its place.</summary>
internal sealed record ProblemError(
    string? Pointer, string? Parameter, int? Row, string? Column, string? Code, string? Message, JsonElement? Value, string? Suggestion)
{
    /// <summary>The error with its place in a file first, in the form of compilers, so that editors can jump to the line.</summary>
    public string InFile(string file) => $"{file}{(Row is { } row ? $":{row}" : "")} {Column ?? Pointer?.Trim('/')}".TrimEnd() + $" {Text}{More(Value)}";

    /// <summary>The error with its place in the request first.</summary>
    public override string ToString()
    {
        var place = Parameter ?? Column ?? Pointer;
        // Most messages contain the place already.
        var before = place is null || Message?.Contains(place, StringComparison.Ordinal) == true ? "" : place + ": ";
        return before + Text + More(Value is { } value && Message?.Contains(value.ToString(), StringComparison.Ordinal) == true ? null : Value);
    }

    string Text =>
        Column is not null && Message?.StartsWith(Column + " ", StringComparison.Ordinal) == true
            ? Message[(Column.Length + 1)..] : Message ?? Code ?? "is wrong";

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
