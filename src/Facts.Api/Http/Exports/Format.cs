namespace Facts.Api.Http;

/// <summary>A format of an answer.</summary>
internal sealed record Format(string Word, string MediaType)
{
    public static Format Json { get; } = new("json", "application/json");
    public static Format Csv { get; } = new("csv", "text/csv");
    public static Format Ndjson { get; } = new("ndjson", "application/x-ndjson");
    public static Format Parquet { get; } = new("parquet", "application/vnd.apache.parquet");
    public static Format Xlsx { get; } = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /// <summary>True if the format is text.</summary>
    public bool IsText => this == Json || this == Csv || this == Ndjson;

    /// <summary>The formats of a list.</summary>
    public static IReadOnlyList<Format> ForList { get; } = [Json, Csv, Ndjson, Parquet, Xlsx];

    /// <summary>The formats of a single resource.</summary>
    public static IReadOnlyList<Format> ForItem { get; } = [Json];

    /// <summary>The format of an answer that does not end.</summary>
    public static IReadOnlyList<Format> ForStream { get; } = [new("events", "text/event-stream")];
}
