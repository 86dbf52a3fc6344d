using System.Text;
using System.Text.Json;
using Facts.Api.Tests.Imports;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Facts.Api.Tests.Idempotency;

/// <summary>A POST with an <c>Idempotency-Key</c> is done once, however often and however closely it is sent.</summary>
public sealed class IdempotencyTests(IdempotencyTests.Service service) : IClassFixture<IdempotencyTests.Service>
{
    public sealed class Service(Databases databases) : FactsService(databases)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Clock = new FakeTimeProvider(new DateTimeOffset(2024, 12, 4, 12, 0, 0, TimeSpan.Zero));
        }
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Party(string code) => $$"""{"code":"{{code}}","name":"Name of {{code}}","kind":"group"}""";

    static string Pledge(string externalId) =>
        $$"""{"external_id":"{{externalId}}","article_url":"https://example.org/{{externalId}}","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["tank"],"quantity":2,"unit":"vehicle"}""";

    Task<HttpResponseMessage> PostAsync(string path, string body, string? key, string type = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return service.Admin.SendAsync(request, Cancel);
    }

    static async Task<string> Shown(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {answer.Headers.Location} {answer.Headers.ETag} {answer.Content.Headers.ContentType} {await answer.Content.ReadAsStringAsync(Cancel)}";

    static bool IsReplay(HttpResponseMessage answer) => answer.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";

    static async Task<string> CodeAsync(HttpResponseMessage answer) =>
        $"{(int)answer.StatusCode} {JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("code").GetString()}";

    async Task<int> CountAsync(string path) =>
        JsonDocument.Parse(await service.Anonymous.GetStringAsync(path + "&count=exact", Cancel)).RootElement.GetProperty("count").GetInt32();

    async Task SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(service.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_is_not_done_again()
    {
        var first = await PostAsync("/v1/parties", Party("once"), "a");
        var again = await PostAsync("/v1/parties", Party("once"), "a");
        Assert.Equal(201, (int)first.StatusCode);
        Assert.False(IsReplay(first));
        Assert.True(IsReplay(again));
        Assert.Equal(await Shown(first), await Shown(again));
        Assert.StartsWith("201 /v1/parties/once \"1-", await Shown(again));
        Assert.Equal("409 conflict", await CodeAsync(await PostAsync("/v1/parties", Party("once"), null)));
    }

    [Fact]
    public async Task Every_POST_takes_an_idempotency_key()
    {
        await PostAsync("/v1/items", """{"code":"tank","name":"Tank","unit":"vehicle"}""", null);
        foreach (var (path, body) in new[]
        {
            ("/v1/items", """{"code":"leopard","name":"Leopard","parent":"tank"}"""),
            ("/v1/articles", """{"url":"https://example.org/an-article","publisher":"Example"}"""),
            ("/v1/claims", Pledge("keyed")), ("/v1/imports", $"[{Pledge("keyed-load")}]"), ("/v1/imports?dry_run=true", $"[{Pledge("keyed-check")}]"),
        })
        {
            var first = await PostAsync(path, body, "every" + body.Length);
            var again = await PostAsync(path, body, "every" + body.Length);
            Assert.True(first.IsSuccessStatusCode, await Shown(first));
            Assert.True(IsReplay(again));
            Assert.Equal(await Shown(first), await Shown(again));
        }
        Assert.Equal(1, await CountAsync("/v1/claims?external_id=keyed"));
        Assert.Equal(1, await CountAsync("/v1/claims?external_id=keyed-load"));
        Assert.Equal(0, await CountAsync("/v1/claims?external_id=keyed-check"));
    }

    [Fact]
    public async Task A_queued_import_that_is_sent_again_is_the_same_import()
    {
        string File(int quantity) =>
            string.Join('\n', Enumerable.Range(1, 1_001).Select(i => Pledge($"queued-{i}").Replace("\"quantity\":2", $"\"quantity\":{quantity}")));
        Task<HttpResponseMessage> SendAsync(int quantity) => PostAsync("/v1/imports?create_missing=true", File(quantity), "queued", "application/x-ndjson");
        var first = await SendAsync(2);
        var soon = await SendAsync(2);
        Assert.Equal(202, (int)first.StatusCode);
        var report = await service.Admin.EndedAsync(await Case.ReadAsync(first));
        var late = await SendAsync(2);

        Assert.Equal("done", report.Word("state"));
        Assert.Equal((false, true, true), (IsReplay(first), IsReplay(soon), IsReplay(late)));
        Assert.StartsWith($"202 /v1/imports/{report.Number("id")} ", await Shown(first));
        Assert.Equal(await Shown(first), await Shown(soon));
        Assert.Equal(await Shown(first), await Shown(late));
        Assert.Equal("422 idempotency_mismatch", await CodeAsync(await SendAsync(3)));
        Assert.Equal(0, await CountAsync($"/v1/imports?id__gt={report.Number("id")}"));
        Assert.Equal(1_001, await CountAsync("/v1/claims?external_id__startswith=queued-&quantity_low=2"));
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_query_is_refused()
    {
        await PostAsync("/v1/parties", Party("first"), "b");
        Assert.Equal("422 idempotency_mismatch", await CodeAsync(await PostAsync("/v1/parties", Party("second"), "b")));
        Assert.Equal("422 idempotency_mismatch", await CodeAsync(await PostAsync("/v1/parties", Party("first") + " ", "b")));
        Assert.Equal(0, await CountAsync("/v1/parties?code=second"));
        await PostAsync("/v1/imports?create_missing=true", Pledge("query"), "b", "application/x-ndjson");
        Assert.Equal("422 idempotency_mismatch",
            await CodeAsync(await PostAsync("/v1/imports?create_missing=false", Pledge("query"), "b", "application/x-ndjson")));
    }

    [Fact]
    public async Task The_same_key_on_another_path_is_another_request()
    {
        Assert.Equal(201, (int)(await PostAsync("/v1/parties", Party("path"), "c")).StatusCode);
        var item = await PostAsync("/v1/items", """{"code":"path","name":"Path"}""", "c");
        Assert.Equal(201, (int)item.StatusCode);
        Assert.False(IsReplay(item));
    }

    [Fact]
    public async Task A_refused_request_is_not_stored()
    {
        Assert.Equal("422 required", await CodeAsync(await PostAsync("/v1/parties", """{"code":"mended"}""", "d")));
        Assert.Equal(201, (int)(await PostAsync("/v1/parties", Party("mended"), "d")).StatusCode);
    }

    [Fact]
    public async Task The_report_of_a_refused_import_is_stored()
    {
        var refused = await PostAsync("/v1/imports", """[{"kind":"pledge"}]""", "e");
        Assert.Equal(422, (int)refused.StatusCode);
        var id = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("id").GetInt64();
        Assert.Equal(200, (int)(await service.Anonymous.GetAsync($"/v1/imports/{id}", Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_repeated_request_gets_409_while_the_first_is_running()
    {
        await using var source = NpgsqlDataSource.Create(service.ConnectionString);
        await using var holder = await source.OpenConnectionAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        await using (var command = new NpgsqlCommand("lock table parties in access exclusive mode", holder, transaction)) await command.ExecuteNonQueryAsync(
            Cancel);

        var first = PostAsync("/v1/parties", Party("running"), "f");
        await WaitAsync(source, "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')");
        var second = await PostAsync("/v1/parties", Party("running"), "f");
        Assert.Equal("409 idempotency_in_progress", await CodeAsync(second));
        Assert.NotNull(second.Headers.RetryAfter);
        await transaction.RollbackAsync(Cancel);

        Assert.Equal(201, (int)(await first).StatusCode);
        Assert.True(IsReplay(await PostAsync("/v1/parties", Party("running"), "f")));
    }

    [Fact]
    public async Task Of_many_simultaneous_requests_one_is_done()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync("/v1/parties", Party("many"), "g")));
        Assert.Single(answers, a => a.IsSuccessStatusCode && !IsReplay(a));
        Assert.All(answers, a => Assert.Contains((int)a.StatusCode, new[] { 201, 409 }));
        Assert.Equal(1, await CountAsync("/v1/parties?code=many"));
    }

    [Fact]
    public async Task If_the_key_cannot_be_stored_the_data_is_not_stored()
    {
        await SqlAsync("""
            create function refuse_key() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '53100'; end $$;
            create trigger refuse before insert on idempotency_keys for each row execute function refuse_key();
            """);
        try
        {
            Assert.Equal("507 storage_full", await CodeAsync(await PostAsync("/v1/parties", Party("neither"), "h")));
        }
        finally
        {
            await SqlAsync("drop trigger refuse on idempotency_keys; drop function refuse_key()");
        }
        Assert.Equal(0, await CountAsync("/v1/parties?code=neither"));
        Assert.Equal(201, (int)(await PostAsync("/v1/parties", Party("neither"), "h")).StatusCode);
    }

    [Fact]
    public async Task If_the_connection_breaks_neither_key_nor_data_is_stored()
    {
        await using var source = NpgsqlDataSource.Create(service.ConnectionString);
        await using var holder = await source.OpenConnectionAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        // The key is stored last, when the party is stored already.
        await using (var command = new NpgsqlCommand("lock table idempotency_keys in share mode", holder, transaction)) await command.ExecuteNonQueryAsync(
            Cancel);
        var first = PostAsync("/v1/parties", Party("dying"), "i");
        await WaitAsync(source, """
            select bool_or(pg_terminate_backend(pid)) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%idempotency_keys%' and pid <> pg_backend_pid()
            """);
        Assert.Equal(503, (int)(await first).StatusCode);
        await transaction.RollbackAsync(Cancel);

        Assert.Equal(0, await CountAsync("/v1/parties?code=dying"));
        var again = await PostAsync("/v1/parties", Party("dying"), "i");
        Assert.Equal(201, (int)again.StatusCode);
        Assert.False(IsReplay(again));
    }

    [Fact]
    public async Task An_answer_is_stored_for_at_least_a_day_and_not_for_ever()
    {
        await PostAsync("/v1/parties", Party("aging"), "j");
        service.Clock!.Advance(TimeSpan.FromHours(25));
        await PostAsync("/v1/parties", Party("day-later"), "k");
        Assert.True(IsReplay(await PostAsync("/v1/parties", Party("aging"), "j")));
        service.Clock.Advance(TimeSpan.FromHours(24));
        await PostAsync("/v1/parties", Party("two-days-later"), "l");
        Assert.Equal("409 conflict", await CodeAsync(await PostAsync("/v1/parties", Party("aging"), "j")));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    [InlineData("toolong")]
    public async Task A_malformed_idempotency_key_is_refused(string key)
    {
        var answer = await PostAsync("/v1/parties", Party("never"), key == "toolong" ? new string('k', 256) : key);
        Assert.Equal("400 bad_request", await CodeAsync(answer));
        Assert.Contains("\"parameter\":\"Idempotency-Key\"", await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(0, await CountAsync("/v1/parties?code=never"));
    }

    [Fact]
    public async Task Without_a_valid_access_key_nothing_is_replayed()
    {
        await PostAsync("/v1/parties", Party("private"), "m");
        var request = new HttpRequestMessage(HttpMethod.Post,
            "/v1/parties")
        { Content = new StringContent(Party("private"), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "m");
        Assert.Equal("401 key_required", await CodeAsync(await service.Anonymous.SendAsync(request, Cancel)));
    }

    static async Task WaitAsync(NpgsqlDataSource source, string sql)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            await using var command = source.CreateCommand(sql);
            if (await command.ExecuteScalarAsync(Cancel) is true) return;
            await Task.Delay(50, Cancel);
        }
        Assert.Fail("nobody waits for the lock");
    }
}
