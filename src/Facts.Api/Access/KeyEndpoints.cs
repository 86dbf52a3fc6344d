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
        routes.MapGet("/v1/keys", ListAsync).Requires(KeyScope.Admin).WithOperation(Fields, new("listKeys", "keys", "List keys")
        {
            Description = "All keys except the first admin key, including revoked keys. The texts of the keys are not shown.",
        });
        routes.MapGet("/v1/keys/{id}", GetAsync).Requires(KeyScope.Admin).WithOperation(new("getKey", "keys", "Get a key")
        {
            Path = Number,
            Description = "One key without its text. Revoking the key needs the ETag of this answer.",
            Answer = Fields.Shape(),
            IsNeverKept = true,
            Errors = [Problems.NotFound],
        }).ValidatesParameters().ReadsSnapshot();
        routes.MapPost("/v1/keys", CreateAsync).Requires(KeyScope.Admin).WithOperation(new("createKey", "keys", "Make a key")
        {
            Description = "The answer shows the text of the key, only this once: the store holds its SHA-256. "
                + "A second request with an equal `Idempotency-Key` makes no second key, and its answer has `key` null.",
            Body = typeof(KeyRequest),
            Examples = [("for a newsroom", """{"name":"import script of a newsroom","scopes":["contribute"],"expires_on":"2099-12-31"}""")],
            Answer = Fields.Shape(),
            Status = StatusCodes.Status201Created,
        }).ValidatesParameters();
        routes.MapDelete("/v1/keys/{id}", RevokeAsync).Requires(KeyScope.Admin).WithOperation(new("revokeKey", "keys", "Revoke a key")
        {
            Path = Number,
            Description = "The key stops working at once and for ever. "
                + "Other services on the same store can accept it for up to five seconds more. Needs If-Match.",
            Answer = Fields.Shape(),
            Errors = [Problems.NotFound, Problems.PreconditionRequired, Problems.PreconditionFailed],
        }).ValidatesParameters();
        routes.MapGet("/v1/audit", AuditAsync).Requires(KeyScope.Admin).WithOperation(AuditFields, new("listAudit", "audit", "List all writes")
        {
            Description = "Every write, the newest first, with its key or token, its request and its time. "
                + "A queued import is listed twice: when it arrives and when it is done.",
        });
    }

    static readonly ListSchema<KeyRow> Fields = new ListSchema<KeyRow>("Key")
        .Id("id", k => k.Id, "Number of the key.")
        .Field("name", k => k.Name, "Person or program that the key was made for.")
        .Field("scopes", k => k.Scopes, "Scopes of the key. No scope includes another one.", words: EnumWords.All<KeyScope>())
        .Field("created_at", k => k.CreatedAt, "Instant at which the key was made, in UTC.")
        .Field("last_used_at", k => k.LastUsedAt, "Last use of the key, in UTC, precise to the hour; null if it was never used.")
        .Field("expires_on", k => k.ExpiresOn, "The last day on which the key is valid, in UTC; null if it has no end.")
        .Field("revoked_at", k => k.RevokedAt, "Instant at which the key was revoked, in UTC; null if it was not.")
        .Embed<string>("key", "The text of the key, only in the answer that makes it. Store it: it is shown once.", isOffered: false);

    static readonly ListSchema<AuditRow> AuditFields = new ListSchema<AuditRow>("Write")
        .Id("id", a => a.Id, "Number of the write.")
        .Field("recorded_at", a => a.RecordedAt, "Instant of the write, in UTC.")
        .Field("key_id", a => a.KeyId, "Number of the key; null for the first admin key or a token.")
        .Field("subject", a => a.Subject, "Owner of the token: its issuer, a space, its subject; null for a key.")
        .Field("request_id", a => a.RequestId, "Trace id of the request; that of the caller's `traceparent` if one was sent.")
        .Field("method", a => a.Method, "Method of the request.")
        .Field("path", a => a.Path, "Path of the request.")
        .Field("resource", a => a.Resource, "Path of the import or key that the write made or changed.")
        .Field("change", a => a.Change, "The `sequence` of the change that the write made; null if the data did not change.")
        .SortedBy("-id");

    static Task<IResult> ListAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Conditional.HashedAsync(http, () => Fields.AnswerAsync(http, _ => database.Set<KeyRow>().AsNoTracking(), cancel));

    static async Task<IResult> GetAsync(HttpContext http, string id, FactsContext database, CancellationToken cancel)
    {
        if (await FindAsync(database.Set<KeyRow>().AsNoTracking(), id, cancel) is not { } key) return NotFound(id);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ETag = Conditional.ItemTag(Version(key));
        return Fields.ToJsonResult(key, StatusCodes.Status200OK);
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
        if (Conditional.MayChange(http, Version(key)) is { } refused) return refused;
        if (key.RevokedAt is null)
        {
            key.RevokedAt = clock.GetUtcNow();
            await LogAsync(database, audit, key, key.RevokedAt.Value, cancel);
            await transaction.CommitAsync(cancel);
            cache.Clear();
        }
        http.Response.Headers.ETag = Conditional.ItemTag(Version(key));
        return Fields.ToJsonResult(key, StatusCodes.Status200OK);
    }

    static Task<IResult> AuditAsync(HttpContext http, FactsContext database, CancellationToken cancel) =>
        Conditional.HashedAsync(http, () => AuditFields.AnswerAsync(http, _ => database.Set<AuditRow>().AsNoTracking(), cancel));

    static Task LogAsync(FactsContext database, AuditContext audit, KeyRow key, DateTimeOffset now, CancellationToken cancel)
    {
        database.Add(AuditRow.Create(audit, PathOf(key), now));
        return database.SaveChangesAsync(cancel);
    }

    static byte[] Json(KeyRow key, string? text) => ListAnswer.Bytes([.. Fields.Fields, Fields.Embeds[0].Column(_ => text)], key);

    static async Task<KeyRow?> FindAsync(IQueryable<KeyRow> keys, string id, CancellationToken cancel) =>
        long.TryParse(id, out var number) ? await keys.SingleOrDefaultAsync(k => k.Id == number, cancel) : null;

    static string PathOf(KeyRow key) => $"/v1/keys/{key.Id}";

    /// <summary>A key has two versions at most: it changes only when it is revoked.</summary>
    static long Version(KeyRow key) => key.RevokedAt is null ? 1 : 2;

    static Problem NotFound(string id) => Problems.NotFound.Because($"there is no key '{id}'");
}
