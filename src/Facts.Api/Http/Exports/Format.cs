namespace Facts.Api.Http;

/// <summary>A form in which an answer can be given.</summary>
internal sealed record Format(string Word, string MediaType)
{
    public static Format Json { get; } = new("json", "application/json");
    public static Format Csv { get; } = new("csv", "text/csv");
    public static Format Ndjson { get; } = new("ndjson", "application/x-ndjson");
    public static Format Parquet { get; } = new("parquet", "application/vnd.apache.parquet");
    public static Format Xlsx { get; } = new("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    /// <summary>Whether it is read as text.</summary>
    public bool IsText => this == Json || this == Csv || this == Ndjson;

    /// <summary>Of a list.</summary>
    public static IReadOnlyList<Format> ForList { get; } = [Json, Csv, Ndjson, Parquet, Xlsx];

    /// <summary>Of a single thing.</summary>
    public static IReadOnlyList<Format> ForItem { get; } = [Json];

    /// <summary>Of what goes on answering.</summary>
    public static IReadOnlyList<Format> ForStream { get; } = [new("events", "text/event-stream")];
}
