namespace Facts.Api.Http;

/// <summary>One thing that is wrong, and where: a JSON pointer, a parameter, or a row and column of a load.</summary>
internal sealed record ProblemError
{
    public string? Pointer { get; init; }
    public string? Parameter { get; init; }

    /// <summary>The line of the file, from 1, or the number of a JSON array's element, from 1; null outside of loads.</summary>
    public int? Row { get; init; }
    public string? Column { get; init; }
    public required string Code { get; init; }
    public required string Message { get; init; }

    /// <summary>What was sent, cut to 200 characters; null where nothing was or where it is a secret.</summary>
    public string? Value { get; init => field = Cut(value); }

    /// <summary>The nearest thing that would be accepted.</summary>
    public string? Suggestion { get; init; }

    public static ProblemError InBody(ProblemKind kind, string? pointer, string message, string? value = null, string? suggestion = null) =>
        new() { Code = kind.Code, Pointer = pointer, Message = message, Value = value, Suggestion = suggestion };

    public static ProblemError InQuery(ProblemKind kind, string parameter, string message, string? value = null, string? suggestion = null) =>
        new() { Code = kind.Code, Parameter = parameter, Message = message, Value = value, Suggestion = suggestion };

    // A surrogate pair is not cut in two: half of one cannot be written as UTF-8.
    static string? Cut(string? text) =>
        text is { Length: > 200 } ? text[..(char.IsHighSurrogate(text[199]) ? 199 : 200)] + "…" : text;
}
