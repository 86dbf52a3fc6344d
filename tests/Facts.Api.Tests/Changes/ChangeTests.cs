using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Facts.Api.Tests.Changes;

/// <summary>The change log: its pages and its live events.</summary>
public sealed class ChangeTests(FactsService service) : IClassFixture<FactsService>, IAsyncLifetime
{
    static bool _hasItems;
    static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if (!_hasItems) await Case.AddItemsAsync(service.Admin);
        _hasItems = true;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_import_is_one_change_with_its_claims_facts_and_moved_balances()
    {
        var since = await LastAsync();
        await new Case(service.Admin)
            .LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 4 }, new { kind = "delivery", happened_on = "2024-02-01", quantity = 1 });
        var change = Assert.Single(await ChangesAsync(since));
        Assert.Equal("claims", change.GetProperty("kind").GetString());
        Assert.Equal(since + 1, change.GetProperty("sequence").GetInt64());
        Assert.Equal(["recorded", "recorded"], change.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("action").GetString()));
        Assert.Equal(["commitment created", "delivery created"], Facts(change));
        var moved = Assert.Single(change.GetProperty("balances").EnumerateArray());
        Assert.Equal("DEU", moved.GetProperty("donor").GetString());
        Assert.Equal("iris-t", moved.GetProperty("item").GetString());
        var outstanding = moved.GetProperty("measures").GetProperty("outstanding");
        Assert.Equal(0, outstanding.GetProperty("before").GetProperty("low").GetDecimal());
        Assert.Equal(3, outstanding.GetProperty("after").GetProperty("low").GetDecimal());
        Assert.False(moved.GetProperty("measures").TryGetProperty("requested", out _));
        Assert.False(change.GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task A_write_without_effect_is_no_change()
    {
        var story = new Case(service.Admin);
        await story.LoadAsync(new { external_id = "1", article = "paper", kind = "pledge", stated_on = "2024-01-01", quantity = 4 });
        var since = await LastAsync();
        await story.LoadAsync(new { external_id = "1", article = "paper", kind = "pledge", stated_on = "2024-01-01", quantity = 4 });
        Assert.Empty(await ChangesAsync(since));
    }

    [Fact]
    public async Task A_withdrawn_or_superseded_claim_leaves_a_tombstone()
    {
        var story = new Case(service.Admin);
        await story.LoadAsync(new { external_id = "1", article = "list", kind = "pledge", stated_on = "2024-01-01", quantity = 4 });
        var since = await LastAsync();
        await story.LoadAsync(new { external_id = "1", article = "list", kind = "pledge", stated_on = "2024-01-01", quantity = 5 });
        var superseded = Assert.Single(await ChangesAsync(since));
        Assert.Equal(["recorded", "superseded"], superseded.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("action").GetString()));
        Assert.Equal(["commitment changed"], Facts(superseded));

        var id = superseded.GetProperty("claims")[0].GetProperty("id").GetInt64();
        using var withdrawal = new HttpRequestMessage(HttpMethod.Delete, $"/v1/claims/{id}");
        withdrawal.Headers.TryAddWithoutValidation("If-Match", "*");
        Assert.True((await service.Admin.SendAsync(withdrawal, Cancel)).IsSuccessStatusCode);
        var withdrawn = Assert.Single(await ChangesAsync(since + 1));
        Assert.Equal("withdrawal", withdrawn.GetProperty("kind").GetString());
        Assert.Equal(["withdrawn"], withdrawn.GetProperty("claims").EnumerateArray().Select(c => c.GetProperty("action").GetString()));
        Assert.Equal(["commitment removed"], Facts(withdrawn));
        Assert.Equal(5,
            withdrawn.GetProperty("balances")[0].GetProperty("measures").GetProperty("committed").GetProperty("before").GetProperty("low").GetDecimal());
    }

    [Fact]
    public async Task Events_go_on_after_the_last_that_was_received()
    {
        var since = await LastAsync();
        var story = new Case(service.Admin);
        await story.LoadAsync(new { kind = "pledge", stated_on = "2024-01-01", quantity = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", since.ToString());
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await service.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        await using var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(Cancel)).EnumerateAsync(Cancel).GetAsyncEnumerator(Cancel);

        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("change", (since + 1).ToString()), (events.Current.EventType, events.Current.EventId?.Split('-')[0]));
        await story.LoadAsync(new { kind = "pledge", stated_on = "2024-06-01", quantity = 2 });
        Assert.True(await events.MoveNextAsync());
        Assert.StartsWith($"{since + 2}-", events.Current.EventId);
        Assert.Equal(since + 2, JsonDocument.Parse(events.Current.Data).RootElement.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task A_caller_that_waits_for_changes_gets_a_heartbeat_at_once()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var answer = await service.Anonymous.GetAsync("/v1/changes/events", HttpCompletionOption.ResponseHeadersRead, limit.Token);
        await using var events = SseParser.Create(await answer.Content.ReadAsStreamAsync(limit.Token)).EnumerateAsync(limit.Token)
            .GetAsyncEnumerator(limit.Token);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("heartbeat", events.Current.EventType);
    }

    [Fact]
    public async Task HEAD_of_a_stream_is_over_at_once()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v1/changes/events");
        using var answer = await service.Anonymous.SendAsync(request, limit.Token);
        Assert.Equal((200, "text/event-stream"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(limit.Token));
    }

    [Fact]
    public async Task A_sequence_that_no_change_has_yet_is_refused_with_the_last_one()
    {
        var last = await LastAsync();
        Assert.Empty(await ChangesAsync(last));
        await RefusesAsync($"/v1/changes?since={last + 1}", null, "since");
        await RefusesAsync($"/v1/changes/events?since={last + 1}", null, "since");
        await RefusesAsync("/v1/changes/events", (last + 1).ToString(), "Last-Event-ID");

        async Task RefusesAsync(string url, string? header, string parameter)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            if (header is not null) request.Headers.Add("Last-Event-ID", header);
            using var answer = await service.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
            var problem = await Case.ReadAsync(answer);
            Assert.Equal($"400 out_of_range {parameter} is after the last change, whose sequence is {last}",
                $"{(int)answer.StatusCode} {problem.GetProperty("code")} {problem.GetProperty("errors")[0].GetProperty("message")}");
        }
    }

    async Task<long> LastAsync() =>
        JsonDocument.Parse(await service.Anonymous.GetStringAsync("/v1/changes?sort=-sequence&limit=1", Cancel)).RootElement.GetProperty("dataset_version")
            .GetInt64();

    async Task<List<JsonElement>> ChangesAsync(long since) =>
        [.. JsonDocument.Parse(await service.Anonymous.GetStringAsync($"/v1/changes?since={since}", Cancel)).RootElement.GetProperty("items").EnumerateArray()];

    static IEnumerable<string> Facts(JsonElement change) =>
        change.GetProperty("facts").EnumerateArray().Select(f => $"{f.GetProperty("kind").GetString()} {f.GetProperty("action").GetString()}");
}
