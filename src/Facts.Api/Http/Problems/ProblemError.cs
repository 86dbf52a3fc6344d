namespace Facts.Api.Http;

/// <summary>One error and its place: a JSON pointer, a parameter, or the row and column of an import.</summary>
internal sealed record ProblemError
{
    public string? Pointer { get; init; }
    public string? Parameter { get; init; }

    /// <summary>Line of the file, from 1, or number of the element in a JSON array, from 1. Null outside imports.</summary>
    public int? Row { get; init; }
    public string? Column { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }

    /// <summary>The value that was sent, cut to 200 characters. Null if none was sent, or if it is a secret.</summary>
    public string? Value { get; init => field = Cut(value); }

    /// <summary>The nearest value that would be accepted; null if none is near.</summary>
    public string? Suggestion { get; init; }

    public static ProblemError InBody(ProblemKind kind, string? pointer, string message, string? value = null, string? suggestion = null) =>
        new() { Code = kind.Code, Pointer = pointer, Message = message, Value = value, Suggestion = suggestion };

    public static ProblemError InQuery(ProblemKind kind, string parameter, string message, string? value = null, string? suggestion = null) =>
        new() { Code = kind.Code, Parameter = parameter, Message = message, Value = value, Suggestion = suggestion };

    // A surrogate pair is not cut in two: half of one cannot be written as UTF-8.
    static string? Cut(string? text) =>
        text is { Length: > 200 } ? text[..(char.IsHighSurrogate(text[199]) ? 199 : 200)] + "…" : text;
}
