namespace Facts.Api.Http;

/// <summary>Options of a file of rows: its format and the options of CSV.</summary>
internal sealed record ExportOptions(Format Format, bool Bom, bool Header, bool Raw, bool Download)
{
    public static ParameterSpec[] Parameters { get; } =
    [
        new("format", WireType.Text, "`json`, `csv`, `ndjson`, `parquet` or `xlsx`; goes before `Accept`.")
            { Default = "json", Known = [.. Format.ForList.Select(f => f.Word)] },
        new("bom", WireType.Flag, "CSV: begin with a byte order mark, for Excel.") { Default = "false" },
        new("header", WireType.Flag, "CSV: begin with a line of names.") { Default = "true" },
        new("raw", WireType.Flag, "CSV: leave cells that a spreadsheet would run as a formula as they are.") { Default = "false" },
        new("download", WireType.Flag, "Answer as a file with a name.") { Default = "false" },
    ];

    /// <summary>Reads the options. An unknown format is an error of the parameters; an Accept that no format meets is the returned problem.</summary>
    public static (ExportOptions Export, Problem? Problem) Read(HttpContext http, Parameters parameters)
    {
        var (format, problem) = Formats.Choose(http, Format.ForList, parameters.Text("format"));
        if (format != Format.Csv)
            foreach (var (name, usual) in new[] { ("bom", false), ("header", true), ("raw", false) })
                if (parameters.Flag(name) is { } flag && flag != usual)
                    parameters.Fail(Problems.UnsupportedFormat, name, $"{name} is for CSV", suggestion: "format");
        return (new(format, parameters.Flag("bom") ?? false, parameters.Flag("header") ?? true, parameters.Flag("raw") ?? false,
            parameters.Flag("download") ?? false), problem);
    }

    public string ContentType => Format == Format.Csv ? "text/csv; charset=utf-8; header=" + (Header ? "present" : "absent")
        : Format == Format.Ndjson || Format == Format.Json ? Format.MediaType + "; charset=utf-8"
        : Format.MediaType;

    /// <summary>Sets the type and, with <c>download=true</c>, a name for the file.</summary>
    public void SetHeaders(HttpContext http)
    {
        http.Response.ContentType = ContentType;
        if (Download) http.Response.Headers.ContentDisposition = $"attachment; filename=\"{FileName.Of(List(http), http)}.{Format.Word}\"";
    }

    /// <summary>The list that is asked: the last segment of the path.</summary>
    public static string List(HttpContext http) => http.Request.Path.Value!.TrimEnd('/').Split('/')[^1];
}
