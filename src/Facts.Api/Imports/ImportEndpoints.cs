using System.Text.Json;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

internal static class ImportEndpoints
{
    /// <summary>More rows than this are not loaded in one request.</summary>
    const int MaxRows = 1_000;

    static readonly ParameterSpec[] LoadParameters =
    [
        new("mode", WireType.Word<WriteMode>(), "What becomes of a claim whose article and external id are stored already: new content supersedes it, is refused, or is ignored.") { Default = "upsert" },
        new("on_error", WireType.OneOf("abort", "skip"), "Write nothing where a row is refused, or the others.") { Default = "abort" },
        new("dry_run", WireType.Flag, "Do everything, report it, and take it back.") { Default = "false" },
        new("create_missing", WireType.Flag, "Make parties and items that are not known yet.") { Default = "false" },
    ];

    static readonly string[] ExampleLines =
    [
        """{"external_id":"example-2","article_url":"https://example.org/news","article_publisher":"Example","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":2,"due_on":"../2024-12-31","quote":"Two more by the end of the year."}""",
        """{"external_id":"example-3","article_url":"https://example.org/news","article_publisher":"Example","article_published_on":"2024-12-04","kind":"delivery","donors":["ROU"],"recipient":"UKR","items":["patriot"],"quantity":1,"happened_on":"2024-10","quote":"One arrived in October."}""",
    ];

    const string ExampleTable =
        """
        external_id,article_url,article_publisher,article_published_on,kind,donors,recipient,items,quantity,due_on,happened_on,quote
        example-4,https://example.org/table,Example,2024-12-04,pledge,DEU;NLD,UKR,patriot,2,../2024-12-31,,"Two more, together."
        example-5,https://example.org/table,Example,2024-12-04,delivery,ROU,UKR,patriot,1,,2024-10,One arrived in October.
        """;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/imports", LoadAsync).RequireWriteKey().Documented(new("loadClaims", "imports", "Load claims")
        {
            Description = "Loads up to 1,000 claims, CSV, NDJSON or one JSON array, each also as gzip, in one transaction with all that they amount to. The same file again changes nothing.",
            Query = LoadParameters,
            Body = typeof(ClaimRequest),
            IsBodyList = true,
            Examples = [("two claims", $"[{ExampleLines[0]},{ExampleLines[1]}]")],
            TextExamples = [("application/x-ndjson", "two claims", string.Join('\n', ExampleLines)), ("text/csv", "two claims", ExampleTable)],
            Consumes = ["application/x-ndjson", "text/csv", "application/json"],
            Answer = typeof(ImportReport),
            Refusal = typeof(ImportReport),
            Also = [(StatusCodes.Status207MultiStatus, "Some rows were refused, the others are stored (`on_error=skip`).")],
            Errors = [Problems.ValidationFailed, Problems.EmptyFile, Problems.BodyTooLarge],
        });
        routes.MapGet("/v1/imports/{id}", GetAsync).Documented(new("getImport", "imports", "Get the report of a load")
        {
            Path = [new("id", WireType.Whole, "Number of the load.") { Example = "1" }],
            Description = "What a load did, as it was answered.",
            Answer = typeof(ImportReport),
            Errors = [Problems.NotFound],
        });
    }

    static async Task<IResult> LoadAsync(HttpContext http, FactsContext database, ClaimWriter writer, Spool spool, TimeProvider clock, CancellationToken cancel)
    {
        var parameters = Parameters.Read(http, LoadParameters);
        if (parameters.Problem is { } wrong) return wrong;
        var started = clock.GetUtcNow();
        await using var file = await LoadFile.ReceiveAsync(http, spool, cancel);
        await using var stream = file.Open();
        var rows = await ClaimReader.ReadAsync(stream, file.Format, cancel).Take(MaxRows + 1).ToListAsync(cancel);
        if (rows.Count > MaxRows) return Problems.BodyTooLarge.Because($"the file has more than {MaxRows} rows");

        var skips = parameters.Text("on_error") == "skip";
        var options = new WriteOptions(
            parameters.Word<WriteMode>("mode") ?? WriteMode.Upsert, skips, parameters.Flag("dry_run") ?? false, parameters.Flag("create_missing") ?? false)
        {
            NameByContent = true,
        };
        var written = await writer.WriteAsync(rows, options, cancel);
        var refused = written.Failed > 0 && !skips;
        var report = await KeptAsync(database, Report(rows.Count, written, options, refused, started, clock.GetUtcNow()), cancel);
        if (!refused) return Results.Json(report, Json.Options, statusCode: written.Failed > 0 ? StatusCodes.Status207MultiStatus : StatusCodes.Status200OK);
        var problem = Problem.Of(written.Errors).ToWire(http);
        return Results.Json(report with
        {
            Type = problem.Type,
            Title = problem.Title,
            Status = 422,
            Detail = problem.Detail,
            Instance = problem.Instance,
            Code = problem.Code,
            TraceId = problem.TraceId,
        }, Json.Options, "application/problem+json", StatusCodes.Status422UnprocessableEntity);
    }

    static ImportReport Report(int rows, Written written, WriteOptions options, bool refused, DateTimeOffset started, DateTimeOffset finished) => new()
    {
        Id = 0,
        State = refused ? "refused" : options.DryRun ? "checked" : "done",
        DryRun = options.DryRun,
        RowsRead = rows,
        RowsCreated = refused ? 0 : written.Created,
        RowsUpdated = refused ? 0 : written.Updated,
        RowsUnchanged = refused ? 0 : written.Unchanged,
        RowsFailed = written.Failed,
        StartedAt = started,
        FinishedAt = finished,
        Errors = [.. written.Errors.Take(100)],
        Warnings = [.. written.Warnings.Take(100)],
    };

    static async Task<ImportReport> KeptAsync(FactsContext database, ImportReport report, CancellationToken cancel)
    {
        var row = new ImportRow { State = report.State, StartedAt = report.StartedAt, FinishedAt = report.FinishedAt, Report = "{}" };
        database.Add(row);
        await database.SaveChangesAsync(cancel);
        report = report with { Id = row.Id };
        row.Report = JsonSerializer.Serialize(report, Json.Options);
        await database.SaveChangesAsync(cancel);
        return report;
    }

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        if (Parameters.Read(http).Problem is { } wrong) return wrong;
        var row = long.TryParse(id, out var number) ? await database.Set<ImportRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == number, cancel) : null;
        return row is null
            ? Problems.NotFound.Because($"there is no import '{id}'")
            : Results.Json(JsonSerializer.Deserialize<ImportReport>(row.Report, Json.Options), Json.Options);
    }
}
