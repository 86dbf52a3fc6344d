namespace Facts.Api.Imports;

/// <summary>One error of one row of an import.</summary>
internal sealed class ImportErrorRow
{
    public long Id { get; set; }
    public long ImportId { get; set; }
    public int Row { get; set; }
    public string? Column { get; set; }
    public string? Pointer { get; set; }
    public string Code { get; set; } = "";
    public string Message { get; set; } = "";
    public string? Value { get; set; }
    public string? Suggestion { get; set; }

    /// <summary>The row as sent, with the first of its errors; null with its other errors.</summary>
    public byte[]? Text { get; set; }
}
