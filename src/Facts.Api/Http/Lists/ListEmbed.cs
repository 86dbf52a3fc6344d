namespace Facts.Api.Http;

/// <summary>Other rows that belong to a row, nested in it if <c>embed=</c> names them.</summary>
/// <param name="Name">Of the parameter's word and of the member.</param>
/// <param name="ValueType">The C# type of what is inside.</param>
/// <param name="Description">For the OpenAPI document.</param>
/// <param name="Inner">Its fields; null where it is written as its type says.</param>
internal sealed record ListEmbed<TRow>(string Name, Type ValueType, string Description, IRowSchema? Inner)
{
    /// <summary>Whether <c>embed=</c> takes it; false for what only a row alone has, unasked.</summary>
    public bool IsOffered { get; init; } = true;

    /// <summary>Whether every row has it in JSON and NDJSON, unasked.</summary>
    public bool IsAlways { get; init; }

    /// <summary>The column of it, once what is inside has been read.</summary>
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
