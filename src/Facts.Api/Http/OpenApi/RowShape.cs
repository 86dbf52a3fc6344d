namespace Facts.Api.Http;

/// <summary>The columns of a list, for the OpenAPI document.</summary>
internal sealed record RowShape(string Name, IReadOnlyList<RowShape.Column> Columns)
{
    internal sealed record Column(string Name, WireType Type, Type ValueType, bool IsSet, bool IsNullable, string Description, string? Example)
    {
        /// <summary>True if a row can lack the column.</summary>
        public bool IsOptional { get; init; }

        /// <summary>Shape of the nested row or rows; null where the column nests none.</summary>
        public IRowSchema? Inner { get; init; }
    }
}
