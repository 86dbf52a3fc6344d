using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Facts.Api.Access;
using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

internal static class ImportEndpoints
{
    /// <summary>Rows that an import in its request has at most; a larger one is queued.</summary>
    const int MaxInlineRows = 1_000;

    /// <summary>Bytes that the rows of an import in its request have at most, since they are held in memory; a larger one is queued.</summary>
    const int MaxInlineBytes = 32 << 20;

    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250), Heartbeat = TimeSpan.FromSeconds(15);

    static readonly ParameterSpec[] Number = [new("id", WireType.Whole, "Id of the import.") { Example = "1" }];

    const string ExampleArticle =
        "\"article_url\":\"https://example.org/news\",\"article_publisher\":\"Example\",\"article_published_on\":\"2024-12-04\"";

    static readonly string[] ExampleLines =
    [
        $$"""{"external_id":"example-2",{{ExampleArticle}},"kind":"pledge","donors":"""
            + """["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":2,"due_on":"../2024-12-31","quote":"Two more by the end of the year."}""",
        $$"""{"external_id":"example-3",{{ExampleArticle}},"kind":"delivery","donors":"""
            + """["ROU"],"recipient":"UKR","items":["patriot"],"quantity":1,"happened_on":"2024-10","quote":"One arrived in October."}""",
    ];

    const string ExampleTable =
        """
        external_id,article_url,article_publisher,article_published_on,kind,donors,recipient,items,quantity,due_on,happened_on,quote
        example-4,https://example.org/table,Example,2024-12-04,pledge,DEU;NLD,UKR,patriot,2,../2024-12-31,,"Two more, together."
        example-5,https://example.org/table,Example,2024-12-04,delivery,ROU,UKR,patriot,1,,2024-10,One arrived in October.
        """;

    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/imports", LoadAsync).Requires(KeyScope.Contribute).WithOperation(new("loadClaims", "imports", "Load claims")
        {
            Description = "Loads claims from CSV, NDJSON or one JSON array, each also as gzip, in one transaction with the facts computed from them. "
                + "Up to 1,000 rows the answer is "
                + "the report. A larger file is queued, and the answer is 202 with the URL of the report in `Location`. Loading a file again changes nothing. "
                + "The body may also be a form with one file and no other part (`curl -F file=@claims.csv`).",
            Query = ImportOptions.Parameters,
            Body = typeof(ClaimRequest),
            IsBodyList = true,
            Examples = [("two claims", $"[{ExampleLines[0]},{ExampleLines[1]}]")],
            TextExamples = [("application/x-ndjson", "two claims", string.Join('\n', ExampleLines)), ("text/csv", "two claims", ExampleTable)],
            Consumes = ["application/x-ndjson", "text/csv", "application/json", FormFile.MediaType],
            Answer = typeof(ImportReport),
            Refusal = typeof(ImportReport),
            Also = [(StatusCodes.Status202Accepted, "The import is queued; `Location` is the URL of its report."),
                (StatusCodes.Status207MultiStatus, "Some rows were refused; the other rows are stored (`on_error=skip`).")],
            Errors = [Problems.ValidationFailed, Problems.EmptyFile, Problems.UnknownColumn, Problems.DuplicateColumn, Problems.MissingColumn,
                Problems.MalformedRow, Problems.WrongEncoding, Problems.BadGzip, Problems.BodyTooLarge, Problems.TooManyRequests],
        }).ValidatesParameters().WithMetadata(new BodyLimit(UploadedFile.Limit));
        routes.MapGet("/v1/imports", ListAsync).WithOperation(ImportListSchema.Fields, new("listImports", "imports", "List imports")
        {
            Description = "All imports, the newest first.",
        });
        routes.MapGet("/v1/imports/{id}", GetAsync).WithOperation(new("getImport", "imports", "Get the report of an import")
        {
            Path = Number,
            Description = "The report of an import, running or ended.",
            Answer = typeof(ImportReport),
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapGet("/v1/imports/{id}/errors", ErrorsAsync)
            .WithOperation(ImportErrorListSchema.Fields, new("listImportErrors", "imports", "List the errors of an import")
            {
                Path = Number,
                Description = "All errors of an import. With `format=csv` the answer is the failed rows as they were sent, with their errors in a last "
                + "column `error`: correct them and send "
                + "them again. Filters then choose rows by their errors, and `limit` counts rows; there is no `sort` and no `cursor`. "
                + "With `format=csv` and `fields` the answer is a list of errors, as in the other formats.",
                Errors = [Problems.NotFound],
            });
        routes.MapGet("/v1/imports/{id}/events", EventsAsync).WithOperation(new("followImport", "imports", "Follow an import")
        {
            Path = Number,
            IsStream = true,
            Description = "The report as Server-Sent Events: `progress` whenever it changes, `heartbeat` while it does not, and last an event named "
                + "after the final state.",
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapDelete("/v1/imports/{id}", CancelAsync).Requires(KeyScope.Contribute).WithOperation(new("cancelImport", "imports", "Cancel an import")
        {
            Path = Number,
            Description = "Stops a queued or running import. Nothing of it is stored.",
            Answer = typeof(ImportReport),
            Also = [(StatusCodes.Status202Accepted, "The import is running, and will end soon.")],
            Errors = [Problems.NotFound, Problems.Conflict],
        }).ValidatesParameters();
    }

    static async Task<IResult> LoadAsync(
        HttpContext http, FactsContext database, ImportRun run, Spool spool, ImportQueue queue, AuditContext audit, TimeProvider clock,
        CancellationToken cancel)
    {
        var options = ImportOptions.From(Parameters.From(http)) with { MayRank = ScopeRefusal.Check(http, KeyScope.Edit, "rank") is null };
        if (options.CreateMissing && ScopeRefusal.Check(http, KeyScope.Edit, "create_missing") is { } problem) return problem;
        var now = clock.GetUtcNow();
        await using var file = await UploadedFile.ReceiveAsync(http, spool, cancel);
        var (rows, isMore) = await BeginAsync(file, options.Csv, cancel);
        var import = new ImportRow
        {
            Format = EnumWords.ToWord(file.Format),
            Options = JsonSerializer.Serialize(options, Json.Options),
            Header = await HeaderAsync(file, cancel),
            Bytes = file.Length,
            QueuedAt = now,
            KeyId = audit.Key,
            Subject = audit.Subject,
            RequestId = audit.RequestId,
        };
        if (isMore || options.Async) return await QueueAsync(http, database, import, file, queue, audit, cancel);
        import.StartedAt = now;
        return Answer(http, await run.RunInlineAsync(import, options, rows, cancel));
    }

    /// <summary>Reads the rows, up to the limits of an import in its request.</summary>
    /// <returns>The rows, and whether there are more.</returns>
    static async Task<(IReadOnlyList<ParsedRow> Rows, bool IsMore)> BeginAsync(UploadedFile file, CsvFormat csv, CancellationToken cancel)
    {
        await using var stream = file.Open();
        var (rows, length) = (new List<ParsedRow>(), 0L);
        await foreach (var row in ClaimReader.ReadAsync(stream, file.Format, csv, cancel))
        {
            if (rows.Count == MaxInlineRows || (length += row.Text.Length) > MaxInlineBytes) return (rows, true);
            rows.Add(row);
        }
        return (rows, false);
    }

    static async Task<string?> HeaderAsync(UploadedFile file, CancellationToken cancel)
    {
        if (file.Format != FileFormat.Csv) return null;
        await using var stream = file.Open();
        return (await CsvHeader.ReadAsync(stream, cancel)).Text;
    }

    static async Task<IResult> QueueAsync(
        HttpContext http, FactsContext database, ImportRow import, UploadedFile file, ImportQueue queue, AuditContext audit, CancellationToken cancel)
    {
        if (await database.Set<ImportRow>().CountAsync(i => i.FinishedAt == null, cancel) >= ImportQueue.MaxQueued)
            return Problems.TooManyRequests.Because($"{ImportQueue.MaxQueued} imports are queued already; send it again later").With("Retry-After", "30");
        import.State = EnumWords.ToWord(ImportState.Queued);
        await using (var transaction = await WriteTransaction.BeginAsync(database, cancel))
        {
            database.Add(import);
            await database.SaveChangesAsync(cancel);
            await using (var stream = file.Open()) await StoredFile.StoreAsync(database, import.Id, stream, cancel);
            database.Add(AuditRow.Create(audit, import.Place, import.QueuedAt));
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        // With an Idempotency-Key the import is committed together with the stored answer, so the worker is woken only then.
        http.Response.OnCompleted(() =>
        {
            queue.Announce();
            return Task.CompletedTask;
        });
        http.Response.Headers.Location = import.Place;
        return Results.Json(ImportReport.From(import), Json.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>200; 207 if some rows were refused and the others stored; a problem if the import was refused.</summary>
    static IResult Answer(HttpContext http, ImportRow import)
    {
        var report = ImportReport.From(import);
        if (report.State != ImportState.Refused)
            return Results.Json(report, Json.Options, statusCode: report.RowsFailed > 0 ? StatusCodes.Status207MultiStatus : StatusCodes.Status200OK);
        var problem = Problem.From(report.Errors, report.ErrorCount).ToWire(http);
        return Results.Json(report with
        {
            Type = problem.Type,
            Title = problem.Title,
            Status = StatusCodes.Status422UnprocessableEntity,
            Detail = problem.Detail,
            Instance = problem.Instance,
            Code = problem.Code,
            TraceId = problem.TraceId,
        }, Json.Options, "application/problem+json", StatusCodes.Status422UnprocessableEntity);
    }

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Conditional.HashedAsync(http, () => ImportListSchema.Fields.AnswerAsync(http, _ => database.Set<ImportRow>().AsNoTracking(), cancel));

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        return await FindAsync(database, id, cancel) is { } import ? new HashedETagResult(Results.Json(ImportReport.From(import), Json.Options)) : NotFound(id);
    }

    static async Task<IResult> ErrorsAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        if (await FindAsync(database, id, cancel) is not { } import) return NotFound(id);
        if (ListRequest<ImportErrorRow>.Read(http, ImportErrorListSchema.Fields) is { Problem: null, Format.Word: "csv" } rows
            && !rows.Parameters.Has("fields"))
        {
            foreach (var name in new[] { "sort", "cursor" })
                if (rows.Parameters.Has(name))
                    rows.Parameters.Fail(Problems.UnsupportedFormat, name,
                        $"{name} is for the list of errors: the failed rows come in the order of the file; name fields for the list", suggestion: "fields");
            return rows.Parameters.Problem as IResult ?? new FailedRowsResult(import, rows);
        }
        return await Conditional.HashedAsync(http, () =>
            ImportErrorListSchema.Fields.AnswerAsync(http, _ => database.Set<ImportErrorRow>().AsNoTracking().Where(e => e.ImportId == import.Id), cancel));
    }

    static async Task<IResult> EventsAsync(
        HttpContext http, string id, IServiceScopeFactory scopes, FactsContext database, TimeProvider clock, IHostApplicationLifetime life,
        CancellationToken cancel) =>
        await FindAsync(database, id, cancel) is { } import
            ? await EventStream.CreateAsync(http, FollowAsync(import.Id, scopes, clock, life.ApplicationStopping, cancel), cancel)
            : NotFound(id);

    static async IAsyncEnumerable<SseItem<ImportReport>> FollowAsync(
        long id, IServiceScopeFactory scopes, TimeProvider clock, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (sent, at) = ("", clock.GetTimestamp());
        while (true)
        {
            // A connection for each poll, since a caller may listen for hours.
            await using (var scope = scopes.CreateAsyncScope())
            {
                var database = scope.ServiceProvider.GetRequiredService<FactsContext>();
                var report = ImportReport.From(await database.Set<ImportRow>().AsNoTracking().SingleAsync(i => i.Id == id, cancel));
                var (text, hasEnded) = (JsonSerializer.Serialize(report, Json.Options), report.FinishedAt is not null);
                var hasChanged = text != sent;
                if (hasChanged || clock.GetElapsedTime(at) > Heartbeat)
                {
                    yield return new(report, hasEnded ? EnumWords.ToWord(report.State) : hasChanged ? "progress" : "heartbeat");
                    (sent, at) = (text, clock.GetTimestamp());
                }
                if (hasEnded || stopping.IsCancellationRequested) yield break;
            }
            await Task.Delay(PollInterval, cancel);
        }
    }

    static async Task<IResult> CancelAsync(
        HttpContext http, string id, FactsContext database, ImportQueue queue, AuditContext audit, TimeProvider clock, CancellationToken cancel)
    {
        if (await FindAsync(database, id, cancel) is not { } import) return NotFound(id);
        var now = clock.GetUtcNow();
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        var ended = await database.Set<ImportRow>().Where(i => i.Id == import.Id && i.State == "queued").ExecuteUpdateAsync(i => i
            .SetProperty(x => x.IsCancelled, true).SetProperty(x => x.State, "cancelled").SetProperty(x => x.Reason, ImportWorker.WasCancelled)
            .SetProperty(x => x.FinishedAt, now), cancel);
        if (ended > 0) await StoredFile.DeleteAsync(database, import.Id, cancel);
        else if (await database.Set<ImportRow>().Where(i => i.Id == import.Id && i.State == "running")
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.IsCancelled, true), cancel) == 0)
            return Problems.Conflict.Because($"the import has ended: {import.State}");
        database.Add(AuditRow.Create(audit, import.Place, now));
        await database.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        queue.Cancel(import.Id);
        var report = ImportReport.From((await FindAsync(database, id, cancel))!);
        return Results.Json(report, Json.Options, statusCode: ended > 0 ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    static async Task<ImportRow?> FindAsync(FactsContext database, string id, CancellationToken cancel) =>
        ResourceId.TryParse(id, out var number) ? await database.Set<ImportRow>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == number, cancel) : null;

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no import '{id}'");
}
