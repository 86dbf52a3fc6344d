using System.Net;
using System.Text.Json;
using Facts.Api.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Npgsql;

namespace Facts.Api.Tests.Http.Exports;

/// <summary>Reads of a table that another session has locked for good: a query that would take for ever.</summary>
public sealed class ReadLimitTests(ReadLimitTests.Impatient impatient, ReadLimitTests.Patient patient)
    : IClassFixture<ReadLimitTests.Impatient>, IClassFixture<ReadLimitTests.Patient>
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
        var answer = await impatient.Anonymous.GetAsync(path, Cancel);
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
        Assert.Equal(0, await WaitingAsync(patient, until: 0));
        using var leaving = new CancellationTokenSource();
        var answer = patient.Anonymous.GetAsync(path, leaving.Token);
        Assert.Equal(1, await WaitingAsync(patient, until: 1));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(0, await WaitingAsync(patient, until: 0));
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

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

    /// <summary>A service whose tables another session has locked. Nothing but its callers queries them.</summary>
    public abstract class Locked(Databases databases, string seconds) : FactsService(databases)
    {
        NpgsqlConnection? _holder;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            With("Facts:StatementTimeout", seconds);
            _holder = new NpgsqlConnection(ConnectionString);
            await _holder.OpenAsync(Cancel);
            // Something to compute from: without a partition no claim is read.
            await ExecuteAsync("insert into partitions (partition, computed_from, computed_until, is_deferred, writes) values ('s:UKR#system', '-infinity', '2000-01-01', false, 0)");
            await ExecuteAsync("begin; lock table claims, articles, partitions in access exclusive mode");

            async Task ExecuteAsync(string sql)
            {
                await using var command = new NpgsqlCommand(sql, _holder);
                await command.ExecuteNonQueryAsync(Cancel);
            }
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            // Its query of partitions would wait for the lock too, for 25 seconds, and be counted.
            builder.ConfigureTestServices(services => services.Remove(services.Single(s => s.ImplementationType == typeof(ProjectionRefreshService))));
        }

        public override async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            await base.DisposeAsync();
            if (_holder is not null) await _holder.DisposeAsync();
        }
    }

    /// <summary>A service that stops a query after 0.3 seconds.</summary>
    public sealed class Impatient(Databases databases) : Locked(databases, "0.3");

    /// <summary>A service that stops a query after a minute.</summary>
    public sealed class Patient(Databases databases) : Locked(databases, "60");
}
