namespace Facts.Api.Http;

/// <summary>A query parameter, declared once for reading it and for the OpenAPI document.</summary>
internal sealed record ParameterSpec(string Name, WireType Type, string Description)
{
    /// <summary>True if the parameter takes several values, separated by commas or repeated.</summary>
    public bool Many { get; init; }

    /// <summary>Default value, as it would be written; null if there is none.</summary>
    public string? Default { get; init; }

    /// <summary>Bounds of a whole number, both inclusive.</summary>
    public long Min { get; init; } = long.MinValue;
    public long Max { get; init; } = long.MaxValue;

    /// <summary>A value that works against the sample data; null for none.</summary>
    public string? Example { get; init; }

    /// <summary>Longest text that is read, in characters.</summary>
    public int Length { get; init; } = Parameters.MaxValueLength;

    /// <summary>Form of the text as a regular expression, for the OpenAPI document.</summary>
    public string? Pattern { get; init; }

    /// <summary>The possible values if its type does not list them, for the OpenAPI document.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>True for <c>field__op</c>. The OpenAPI document has all of a list as one parameter.</summary>
    public bool IsComparison => Name.Contains("__", StringComparison.Ordinal);
}
