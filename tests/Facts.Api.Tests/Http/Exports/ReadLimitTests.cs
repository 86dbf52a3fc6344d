using System.Net;
using System.Text.Json;
using Npgsql;

namespace Facts.Api.Tests.Http.Exports;

/// <summary>Reads of a table that another session has locked for good: a query that would take for ever.</summary>
public sealed class ReadLimitTests(Databases databases)
{
    [Theory]
    [InlineData("/v1/claims")]
    [InlineData("/v1/claims?format=csv")]
    [InlineData("/v1/claims?format=csv&limit=10")]
    [InlineData("/v1/claims/1")]
    [InlineData("/v1/balances")]
    [InlineData("/v1/balances/timeline")]
    [InlineData("/v1/balances/explain?row_unit=system")]
    [InlineData("/v1/commitments?as_of=2020-01-01")]
    [InlineData("/v1/commitments/1?as_of=2020-01-01")]
    [InlineData("/v1/articles")]
    [InlineData("/v1/articles/1")]
    public async Task A_query_past_its_time_limit_is_stopped_and_reported(string path)
    {
        await using var service = await StartAsync("0.3");
        await using var held = await LockAsync(service);
        var answer = await service.Anonymous.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("5", answer.Headers.GetValues("Retry-After").Single());
        Assert.Equal("query_timeout", JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/v1/claims")]
    [InlineData("/v1/claims?format=ndjson")]
    [InlineData("/v1/balances")]
    [InlineData("/v1/articles/1")]
    public async Task A_caller_that_disconnects_ends_its_query_in_the_database(string path)
    {
        await using var service = await StartAsync("60");
        await using var held = await LockAsync(service);
        using var leaving = new CancellationTokenSource();
        var answer = service.Anonymous.GetAsync(path, leaving.Token);
        Assert.Equal(1, await WaitingAsync(service, until: 1));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(0, await WaitingAsync(service, until: 0));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    async Task<FactsService> StartAsync(string seconds)
    {
        var service = new FactsService(databases).With("Facts:StatementTimeout", seconds);
        await service.InitializeAsync();
        return service;
    }

    static async Task<NpgsqlConnection> LockAsync(FactsService service)
    {
        // Something to compute from: without a partition no claim is read.
        await ExecuteAsync(service.ConnectionString,
            "insert into partitions (partition, computed_from, computed_until, writes) values ('s:UKR#system', '-infinity', '2000-01-01', 0) on conflict do nothing");
        var connection = new NpgsqlConnection(service.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("begin; lock table claims, articles, partitions in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(Cancel);
        return connection;
    }

    static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Queries of the service's database that wait for a lock, once there are so many or half a minute has passed.</summary>
    static async Task<long> WaitingAsync(FactsService service, long until)
    {
        await using var connection = new NpgsqlConnection(service.ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand(
            "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and wait_event_type = 'Lock'", connection);
        for (var i = 0; ; i++)
        {
            var waiting = (long)(await command.ExecuteScalarAsync(Cancel))!;
            if (waiting == until || i == 600) return waiting;
            await Task.Delay(50, Cancel);
        }
    }
}
