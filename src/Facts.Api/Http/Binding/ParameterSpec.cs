namespace Facts.Api.Http;

/// <summary>A query parameter, declared once for reading it and for the OpenAPI document.</summary>
internal sealed record ParameterSpec(string Name, WireType Type, string Description)
{
    /// <summary>Whether several values are taken, separated by commas or given by repetition.</summary>
    public bool Many { get; init; }

    /// <summary>What holds when it is absent, as it would be written; null for nothing.</summary>
    public string? Default { get; init; }

    /// <summary>Bounds of a whole number, both inclusive.</summary>
    public long Min { get; init; } = long.MinValue;
    public long Max { get; init; } = long.MaxValue;

    /// <summary>A value that works against the sample data; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>Longest text that is read, in characters.</summary>
    public int Length { get; init; } = Parameters.MaxValueLength;

    /// <summary>What a text looks like, as a regular expression; for the OpenAPI document.</summary>
    public string? Pattern { get; init; }

    /// <summary>The values there are, where the reader of the parameter knows them better than its type; for the OpenAPI document.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Left out of the OpenAPI document: one of the many <c>field__op</c> that its pattern describes.</summary>
    public bool Hidden { get; init; }
}
