namespace Facts.Api.Http;

/// <summary>A column of a file of rows.</summary>
internal sealed record Column(string Name, CellKind Kind)
{
    public static Column From<TRow>(ListField<TRow> field) => new(field.Name, field.IsSet ? CellKind.Set : field.Type.Kind switch
    {
        WireKind.Text or WireKind.Word => CellKind.Text,
        WireKind.Whole => CellKind.Whole,
        WireKind.Number => CellKind.Number,
        WireKind.Flag => CellKind.Flag,
        WireKind.Day => CellKind.Day,
        WireKind.Instant => CellKind.Instant,
        WireKind.Nested => CellKind.Nested,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    });
}
