using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Access;

/// <summary>The endpoints that list, make and revoke keys, and the audit log.</summary>
internal static class KeyEndpoints
{
    static readonly ParameterSpec[] Number = [new("id", WireType.Whole, "Number of the key.") { Example = "1" }];

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/keys", ListAsync).Requires(KeyScope.Admin).WithOperation(KeyListSchema.Fields, new("listKeys", "keys", "List keys")
        {
            Description = "All keys except the first admin key, including revoked keys. The texts of the keys are not shown.",
        });
        routes.MapGet("/v1/keys/{id}", GetAsync).Requires(KeyScope.Admin).WithOperation(new("getKey", "keys", "Get a key")
        {
            Path = Number,
            Description = "One key without its text. Revoking the key needs the ETag of this answer.",
            Answer = KeyListSchema.Fields.Shape(),
            IsNeverCached = true,
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/keys", CreateAsync).Requires(KeyScope.Admin).WithOperation(new("createKey", "keys", "Make a key")
        {
            Description = "The answer shows the text of the key, only this once: the store holds its SHA-256. "
                + "A second request with an equal `Idempotency-Key` makes no second key, and its answer has `key` null.",
            Body = typeof(KeyRequest),
            Examples = [("for a newsroom", """{"name":"import script of a newsroom","scopes":["contribute"],"expires_on":"2099-12-31"}""")],
            Answer = KeyListSchema.Fields.Shape(),
            Status = StatusCodes.Status201Created,
            Errors = [Problems.InvalidDate],
        }).ValidatesParameters();
        routes.MapDelete("/v1/keys/{id}", RevokeAsync).Requires(KeyScope.Admin).WithOperation(new("revokeKey", "keys", "Revoke a key")
        {
            Path = Number,
            Description = "The key stops working at once and for ever. "
                + "Other services on the same store can accept it for up to five seconds more. Needs If-Match.",
            Answer = KeyListSchema.Fields.Shape(),
            Errors = [Problems.NotFound, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapGet("/v1/audit", AuditAsync).Requires(KeyScope.Admin).WithOperation(AuditListSchema.Fields, new("listAudit", "audit", "List all writes")
        {
            Description = "Every write, the newest first, with its key or token, its request and its time. "
                + "A queued import is listed twice: when it arrives and when it is done.",
        });
    }

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Conditional.HashedAsync(http, () => KeyListSchema.Fields.AnswerAsync(http, _ => database.Set<KeyRow>().AsNoTracking(), cancel));

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        if (await FindAsync(database.Set<KeyRow>().AsNoTracking(), id, cancel) is not { } key) return NotFound(id);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ETag = Conditional.ItemTag(Version(key));
        return KeyListSchema.Fields.ToJsonResult(key, StatusCodes.Status200OK);
    }

    static async Task<IResult> CreateAsync(HttpContext http, FactsContext database, AuditContext audit, TimeProvider clock, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (request, problem, _) = await JsonBody.ReadAsync(http, cancel, new KeyRequestValidator(DateOnly.FromDateTime(now.UtcDateTime)));
        if (problem is not null) return problem;
        var text = ApiKeyFormat.Make();
        var key = request!.ToKey();
        (key.CreatedAt, key.Sha256) = (now, ApiKeyFormat.Sha256(text));
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        database.Add(key);
        await database.SaveChangesAsync(cancel);
        await LogAsync(database, audit, key, now, cancel);
        await transaction.CommitAsync(cancel);
        http.Response.Headers.Location = PathOf(key);
        http.Response.Headers.ETag = Conditional.ItemTag(Version(key));
        http.Response.Headers.CacheControl = "no-store";
        SecretResponse.Keep(http, Json(key, null));
        return Results.Text(Json(key, text), "application/json; charset=utf-8", StatusCodes.Status201Created);
    }

    static async Task<IResult> RevokeAsync(
        HttpContext http, string id, FactsContext database, AuditContext audit, ApiKeyCache cache, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        if (await FindAsync(database.Set<KeyRow>(), id, cancel) is not { } key) return NotFound(id);
        if (Conditional.MayChange(http, Version(key)) is { } problem) return problem;
        if (key.RevokedAt is null)
        {
            key.RevokedAt = clock.GetUtcNow();
            await LogAsync(database, audit, key, key.RevokedAt.Value, cancel);
            await transaction.CommitAsync(cancel);
            cache.Clear();
        }
        http.Response.Headers.ETag = Conditional.ItemTag(Version(key));
        return KeyListSchema.Fields.ToJsonResult(key, StatusCodes.Status200OK);
    }

    static Task<IResult> AuditAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Conditional.HashedAsync(http, () => AuditListSchema.Fields.AnswerAsync(http, _ => database.Set<AuditRow>().AsNoTracking(), cancel));

    static Task LogAsync(FactsContext database, AuditContext audit, KeyRow key, DateTimeOffset now, CancellationToken cancel)
    {
        database.Add(AuditRow.Create(audit, PathOf(key), now));
        return database.SaveChangesAsync(cancel);
    }

    static byte[] Json(KeyRow key, string? text) =>
        ListAnswer.Bytes([.. KeyListSchema.Fields.Fields, KeyListSchema.Fields.Embeds[0].Column(_ => text)], key);

    static async Task<KeyRow?> FindAsync(IQueryable<KeyRow> keys, string id, CancellationToken cancel) =>
        ResourceId.TryParse(id, out var number) ? await keys.SingleOrDefaultAsync(k => k.Id == number, cancel) : null;

    static string PathOf(KeyRow key) => $"/v1/keys/{key.Id}";

    /// <summary>A key has two versions at most: it changes only when it is revoked.</summary>
    static long Version(KeyRow key) => key.RevokedAt is null ? 1 : 2;

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no key '{id}'");
}
