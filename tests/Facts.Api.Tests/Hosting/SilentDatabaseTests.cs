using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Facts.Api.Database;
using Facts.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Hosting;

/// <summary>
/// A database that accepts connections and says nothing, as a frozen one does; and the settings that keep one service from holding up another.
/// </summary>
public sealed class SilentDatabaseTests(Databases databases)
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_probe_answers_within_two_seconds_and_a_question_within_its_limit()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var service = new FactsService(databases)
        {
            ConnectionString = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=facts;Password=x;Database=facts;Timeout=3",
        };
        _ = await service.Anonymous.GetAsync("/livez", Cancel);

        foreach (var (path, limit) in new[] { ("/readyz", 2.9), ("/readyz", 2.9), ("/v1/claims?limit=1", 6) })
        {
            var clock = Stopwatch.StartNew();
            var answer = await service.Anonymous.GetAsync(path, Cancel);
            Assert.InRange(clock.Elapsed.TotalSeconds, 0, limit);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            Assert.Equal("unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Questions_to_a_database_that_freezes_are_answered_while_it_is_silent()
    {
        await using var relay = new FreezableRelay(await databases.NewDatabaseAsync());
        await using var service = new FactsService(databases) { ConnectionString = relay.ConnectionString };
        // A server in memory sends an answer only when the question ends. A real one sends it at once.
        service.UseKestrel(0);
        var article = new { url = "https://example.org/frozen" };
        Assert.Equal(HttpStatusCode.Created, (await service.Admin.PostAsJsonAsync("/v1/articles", article, Cancel)).StatusCode);
        var tag = (await service.Anonymous.GetAsync("/v1/balances", Cancel)).Headers.ETag!;

        // The first questions are asked at once, so the database freezes while it answers them. The others find it silent.
        relay.Freeze();
        foreach (var isWriting in new[] { false, true })
        {
            var clock = Stopwatch.StartNew();
            var asked = new[] { "/v1/claims?limit=1", "/v1/balances", "/v1/commitments", "/v1/balances?as_of=2020-01-01", "/readyz", "/" }
                .Select(path => service.Anonymous.GetAsync(path, Cancel))
                .Append(service.Anonymous.SendAsync(new(HttpMethod.Get, "/v1/balances") { Headers = { IfNoneMatch = { tag } } }, Cancel));
            if (isWriting) asked = asked.Append(service.Admin.PostAsJsonAsync("/v1/articles", new { url = "https://example.org/later" }, Cancel));
            foreach (var answer in await Task.WhenAll(asked))
            {
                Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));
                if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json")
                    Assert.Equal("unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
            }
            Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2.9);
        }

        relay.Thaw();
        for (var until = Environment.TickCount64 + 10_000; ; await Task.Delay(100, Cancel))
        {
            if ((await service.Anonymous.GetAsync("/v1/claims?limit=1", Cancel)).IsSuccessStatusCode) break;
            Assert.True(Environment.TickCount64 < until, "no answer after the database is back");
        }
        Assert.Equal(1, await service.ScalarAsync("select count(*) from articles"));
    }

    [Fact]
    public async Task A_connection_that_cannot_be_opened_takes_no_place_of_a_writer()
    {
        // A port on which nobody listens; one writer at a time.
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var service = new FactsService(databases)
        {
            ConnectionString = $"Host=127.0.0.1;Port={port};Username=facts;Password=x;Database=facts;Maximum Pool Size=4",
        };

        for (var i = 0; i < 3; i++)
        {
            var answer = await service.Admin.PostAsJsonAsync("/v1/articles", new { url = "https://example.org/1" }, Cancel);
            Assert.Equal("unavailable", (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Connections_that_write_end_when_the_service_is_silent()
    {
        await using var service = new FactsService(databases) { ConnectionString = await databases.NewDatabaseAsync() };
        var source = service.Services.GetRequiredService<NpgsqlDataSource>();

        var settings = new List<string>();
        foreach (var name in new[] { "idle_in_transaction_session_timeout", "lock_timeout" })
        {
            await using var command = source.CreateCommand($"show {name}");
            settings.Add((string)(await command.ExecuteScalarAsync(Cancel))!);
        }
        Assert.Equal(["1min", "25s"], settings);
    }

    [Fact]
    public async Task Services_that_start_at_once_load_the_sample_once()
    {
        var connection = await databases.NewDatabaseAsync();
        await using var one = new FactsService(databases) { ConnectionString = connection };
        await using var other = new FactsService(databases) { ConnectionString = connection };

        await Task.WhenAll(new[] { one, other }.Select(async service =>
        {
            await using var scope = service.Services.CreateAsyncScope();
            await Sample.LoadAsync(scope.ServiceProvider, Cancel);
        }));

        Assert.Equal(1, await one.ScalarAsync("select count(*) from changes"));
        Assert.Empty(await one.DifferencesAsync());
    }
}
