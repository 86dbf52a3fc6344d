namespace Facts.Api.Imports;

/// <summary>One thing that is wrong with one row of a load.</summary>
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

    /// <summary>The row as it was sent, with the first of its errors; null with the others.</summary>
    public byte[]? Text { get; set; }
}
