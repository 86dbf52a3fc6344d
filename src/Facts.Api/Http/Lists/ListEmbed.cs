namespace Facts.Api.Http;

/// <summary>Other rows that belong to a row, nested in it if <c>embed=</c> names them.</summary>
/// <param name="Name">The word of <c>embed=</c>, which is also the name of the member.</param>
/// <param name="ValueType">The C# type of the nested value.</param>
/// <param name="Description">For the OpenAPI document.</param>
/// <param name="Inner">The fields of the nested rows; null where the value is written by its own type.</param>
internal sealed record ListEmbed<TRow>(string Name, Type ValueType, string Description, IRowSchema? Inner)
{
    /// <summary>True if <c>embed=</c> accepts this embed. False for an embed that only the answer for a single row has, without being asked for.</summary>
    public bool IsOffered { get; init; } = true;

    /// <summary>True if every row in JSON and NDJSON has this embed, without being asked for.</summary>
    public bool IsAlways { get; init; }

    /// <summary>The column that shows the nested values, once they have been read.</summary>
    public ListField<TRow> Column(Func<TRow, object?> get) => new()
    {
        Name = Name,
        Description = Description,
        Value = (TRow row) => row,
        Get = get,
        Type = WireType.Nested,
        Inner = Inner,
    };
}
