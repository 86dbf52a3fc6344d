using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Idempotency;

/// <summary>
/// Does a POST with an <c>Idempotency-Key</c> once, however often it is sent. The key, a hash of the request and the answer are stored in the
/// transaction of the data, so that both are stored or neither. Runs after the check of access. The endpoint's own writes are savepoints of
/// that transaction.
/// </summary>
internal sealed class IdempotencyMiddleware(RequestDelegate next, TimeProvider clock)
{
    /// <summary>Time for which an answer is stored: twice the promised 24 hours, so that a change of the clock does not shorten it.</summary>
    static readonly TimeSpan Retention = TimeSpan.FromHours(48);

    const string Replayed = "Idempotency-Replayed";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            await next(http);
            return;
        }
        var (key, problem) = IdempotencyKey.Read(http);
        if (problem is not null) await problem.ExecuteAsync(http);
        else if (key is null) await next(http);
        else await OnceAsync(http, key, http.RequestServices.GetRequiredService<FactsContext>(), clock.GetUtcNow());
    }

    async Task OnceAsync(HttpContext http, IdempotencyKey key, FactsContext database, DateTimeOffset now)
    {
        var cancel = http.RequestAborted;
        await ReceiveAsync(http, cancel);
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        if (!await IsFreeAsync(database, key, cancel))
        {
            await Problems.IdempotencyInProgress.Because("the first request with this Idempotency-Key is not done yet; send it again in a moment")
                .With("Retry-After", "1").ExecuteAsync(http);
            return;
        }

        var request = new RequestHash(http.Request);
        if (await database.Set<StoredAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == key.Id, cancel) is { } stored)
        {
            await ReplayAsync(http, stored, request, cancel);
            return;
        }

        http.Request.Body = request;
        var body = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var written = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(written));
        try
        {
            await next(http);
            await http.Response.CompleteAsync();
        }
        finally
        {
            http.Features.Set(body);
        }

        if (http.Response.StatusCode is >= 200 and < 300)
        {
            await request.DrainAsync(long.MaxValue, cancel);
            await StoreAsync(database, key, request, http.Response, SecretResponse.BodyToStore(http) ?? written.ToArray(), now, cancel);
        }

        // A refusal commits too: the endpoint may have stored something, for example the report of a refused import. Only the key is not stored.
        await transaction.CommitAsync(cancel);
        if (written.Length > 0) await http.Response.Body.WriteAsync(written.GetBuffer().AsMemory(0, (int)written.Length), cancel);
    }

    /// <summary>Receives the whole body before a connection to the store is taken, so that a slow caller holds none.</summary>
    static async Task ReceiveAsync(HttpContext http, CancellationToken cancel)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() is { } limit
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = limit.Bytes;
        http.Request.EnableBuffering();
        await http.Request.Body.DrainAsync(cancel);
        http.Request.Body.Position = 0;
    }

    /// <summary>Locks the key until the transaction ends; false if another request has locked it.</summary>
    static async Task<bool> IsFreeAsync(FactsContext database, IdempotencyKey key, CancellationToken cancel) =>
        (await database.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({key.Lock}) as \"Value\"").ToListAsync(cancel))[0];

    /// <summary>Stores the answer, and deletes up to 1,000 answers that are past their time.</summary>
    static Task StoreAsync(
        FactsContext database, IdempotencyKey key, RequestHash request, HttpResponse answer, byte[] body, DateTimeOffset now, CancellationToken cancel) =>
        database.Database.ExecuteSqlAsync(
            $"""
            delete from idempotency_keys
            where id in (select id from idempotency_keys where recorded_at < {now - Retention} order by recorded_at limit 1000 for update skip locked);
            insert into idempotency_keys (id, request, request_length, status, content_type, location, entity_tag, body, recorded_at)
            values ({key.Id}, {request.Take()}, {request.Count}, {answer.StatusCode}, {answer.ContentType},
                {Header(answer, "Location")}, {Header(answer, "ETag")}, {body}, {now})
            """, cancel);

    static string? Header(HttpResponse answer, string name) => answer.Headers[name] is { Count: > 0 } values ? values.ToString() : null;

    static async Task ReplayAsync(HttpContext http, StoredAnswer stored, RequestHash request, CancellationToken cancel)
    {
        // The body may be as long as the first one, which the endpoint accepted.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server) server.MaxRequestBodySize = null;
        await request.DrainAsync(stored.RequestLength, cancel);
        if (request.Count != stored.RequestLength || !request.Take().AsSpan().SequenceEqual(stored.Request))
        {
            await Problems.IdempotencyMismatch.Because(
                "this Idempotency-Key was used for another request to this path; take a new one, or send the same body, query and Content-Type")
                .ExecuteAsync(http);
            return;
        }

        var response = http.Response;
        response.StatusCode = stored.Status;
        response.Headers[Replayed] = "true";
        if (stored.ContentType is { } type) response.ContentType = type;
        if (stored.Location is { } location) response.Headers.Location = location;
        if (stored.EntityTag is { } tag) response.Headers.ETag = tag;
        await response.Body.WriteAsync(stored.Body, cancel);
    }
}
