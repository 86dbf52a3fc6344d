using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace Facts.Api.Tests.Http;

/// <summary>Answers that come in time: a deadline for questions, and no wait for ever for a connection.</summary>
public sealed class DeadlineTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<(HttpStatusCode, string?, bool)> AskAsync(FactsService service, string path)
    {
        var answer = await service.Anonymous.GetAsync(path, Cancel);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString(),
            answer.Headers.RetryAfter is not null);
    }

    [Fact]
    public async Task A_question_past_its_deadline_is_stopped()
    {
        await using var service = new FactsService(databases) { ConnectionString = await databases.NewDatabaseAsync() }.With("Facts:RequestTimeout", "1");
        await service.Anonymous.GetAsync("/v1/commitments?limit=1", Cancel);
        await using var holder = new NpgsqlConnection(service.ConnectionString);
        await holder.OpenAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        await using (var hold = new NpgsqlCommand("lock table claims in access exclusive mode", holder)) await hold.ExecuteNonQueryAsync(Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "query_timeout", true), await AskAsync(service, "/v1/claims?limit=1"));

        using var page = new HttpRequestMessage(HttpMethod.Get, "/claims") { Headers = { { "Accept", "text/html,*/*" } } };
        using var answer = await service.Anonymous.SendAsync(page, Cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(answer.Headers.RetryAfter);
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("<h1>The query took too long</h1>", html);
        Assert.Contains("<a href=\"/claims\">Try this page again</a>", html);
    }

    [Fact]
    public async Task A_wait_for_a_connection_has_a_code_of_its_own()
    {
        var connection = new NpgsqlConnectionStringBuilder(await databases.NewDatabaseAsync()) { MaxPoolSize = 1, Timeout = 1 }.ConnectionString;
        await using var service = new FactsService(databases) { ConnectionString = connection };
        Assert.Equal(HttpStatusCode.OK, (await service.Anonymous.GetAsync("/v1/claims?limit=1", Cancel)).StatusCode);
        await using var holder = new NpgsqlConnection(connection);
        await holder.OpenAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        await using (var hold = new NpgsqlCommand("lock table claims in access exclusive mode", holder)) await hold.ExecuteNonQueryAsync(Cancel);

        var first = service.Anonymous.GetAsync("/v1/claims?limit=1", Cancel);
        await Task.Delay(300, Cancel);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no_connection", true), await AskAsync(service, "/v1/claims?limit=2"));
        await transaction.RollbackAsync(Cancel);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
    }
}
