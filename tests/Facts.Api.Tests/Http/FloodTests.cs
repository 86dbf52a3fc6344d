using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Facts.Api.Tests.Hosting;
using Npgsql;

namespace Facts.Api.Tests.Http;

/// <summary>Nobody stops the service for others: a flood of one kind of request leaves short reads, probes and writes elsewhere alone.</summary>
public sealed class FloodTests(FloodTests.Service service) : IClassFixture<FloodTests.Service>
{
    /// <summary>The service as a process, with a store whose file is larger than the buffers of a socket.</summary>
    public sealed class Service(Databases databases) : IAsyncLifetime
    {
        public const string Key = "key-of-the-flood-tests";
        const int Claims = 6_000;

        RunningService? _running;

        internal RunningService Running => _running!;
        public string ConnectionString { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            ConnectionString = await databases.NewDatabaseAsync();
            _running = new(new Dictionary<string, string>
            {
                ["ConnectionStrings__Facts"] = ConnectionString,
                ["Facts__AdminKey"] = Key,
                ["Facts__Sample"] = "false",
                ["Facts__DataDirectory"] = Directory.CreateTempSubdirectory("facts-flood-").FullName,
            }, []);
            await Running.AnswersAsync();
            using var caller = Caller();
            var rows = string.Join('\n', Enumerable.Range(0, Claims).Select(i => Row($"f{i}", Codes[i % Codes.Length], Codes[i / 7 % Codes.Length])));
            var location = (await caller.PostAsync("/v1/imports?create_missing=true", new StringContent(rows, Encoding.UTF8, "application/x-ndjson"), Cancel))
                .Headers.Location;
            while (JsonDocument.Parse(await caller.GetStringAsync(location, Cancel)).RootElement.GetProperty("state").GetString() is "queued" or "running")
                await Task.Delay(100, Cancel);
        }

        static readonly string[] Codes = ["DEU", "FRA", "POL", "USA", "NLD", "SWE", "NOR", "DNK", "ITA", "ESP", "UKR"];

        public HttpClient Caller()
        {
            var caller = new HttpClient { BaseAddress = new(Running.Address), Timeout = TimeSpan.FromSeconds(30) };
            caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
            return caller;
        }

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Row(string id, string donor, string recipient) =>
        $$"""{"external_id":"{{id}}","article_url":"https://flood.example/{{donor}}","article_publisher":"P","article_published_on":"2024-12-04","kind":"pledge","donors":["{{donor}}"],"recipient":"{{recipient}}","items":["tank"],"quantity":1,"unit":"piece","quote":"{{new string('q', 900)}}","commitment":"{{id}}"}""";

    static Task<HttpResponseMessage> PostAsync(HttpClient caller, string id, string donor, string recipient) =>
        caller.PostAsync("/v1/claims?create_missing=true", new StringContent(Row(id, donor, recipient), Encoding.UTF8, "application/json"), Cancel);

    /// <summary>Sends the head of a request, and reads nothing.</summary>
    async Task<Socket> OpenAsync(string request)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2_048 };
        var address = new Uri(service.Running.Address);
        await socket.ConnectAsync(address.Host, address.Port, Cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request.Replace("\n", "\r\n")), Cancel);
        return socket;
    }

    async Task StillServesAsync(string donor)
    {
        using var caller = service.Caller();
        foreach (var path in new[] { "/v1/claims?limit=1", "/readyz" })
        {
            var before = Stopwatch.StartNew();
            Assert.Equal(200, (int)(await caller.GetAsync(path, Cancel)).StatusCode);
            Assert.InRange(before.Elapsed.TotalSeconds, 0, 5);
        }
        Assert.Equal(201, (int)(await PostAsync(caller, Guid.NewGuid().ToString(), donor, "MDA")).StatusCode);
    }

    static async Task<(int Status, string? Code, bool SaysWhen)> AnswerAsync(HttpResponseMessage answer) => ((int)answer.StatusCode,
        answer.IsSuccessStatusCode ? null : JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("code").GetString(),
        answer.Headers.RetryAfter is not null);

    [Fact]
    public async Task Files_that_nobody_reads_take_no_connection_from_others()
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < 30; i++) sockets.Add(await OpenAsync("GET /v1/claims?format=ndjson HTTP/1.1\nHost: a\n\n"));
        await Task.Delay(500, Cancel);

        using var caller = service.Caller();
        Assert.Equal((503, "too_many_running", true), await AnswerAsync(await caller.GetAsync("/v1/claims?format=ndjson", Cancel)));
        await StillServesAsync("CZE");

        sockets.ForEach(s => s.Dispose());
        for (var until = Environment.TickCount64 + 20_000; !(await caller.GetAsync("/v1/claims?format=ndjson", Cancel)).IsSuccessStatusCode;)
        {
            Assert.True(Environment.TickCount64 < until, "a file that is read is refused long after the others have left");
            await Task.Delay(200, Cancel);
        }
    }

    [Fact]
    public async Task Bodies_that_drip_take_no_connection()
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < 30; i++)
            sockets.Add(await OpenAsync($"POST /v1/imports?dry_run=true HTTP/1.1\nHost: a\nAuthorization: Bearer {Service.Key}\n"
                + $"Content-Type: application/x-ndjson\nContent-Length: 1000000\nIdempotency-Key: drip-{i}\n\n{{"));
        await Task.Delay(300, Cancel);

        await StillServesAsync("SVK");

        sockets.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Event_streams_share_their_connections()
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < 200; i++) sockets.Add(await OpenAsync("GET /v1/changes/events HTTP/1.1\nHost: a\n\n"));
        await Task.Delay(500, Cancel);

        using var caller = service.Caller();
        Assert.Equal((503, "too_many_running", true), await AnswerAsync(await caller.GetAsync("/v1/changes/events", Cancel)));
        await StillServesAsync("HUN");

        sockets.ForEach(s => s.Dispose());
    }

    [Fact]
    public async Task Writers_that_wait_for_one_place_leave_connections_to_writers_elsewhere()
    {
        // Another program holds the place.
        await using var holder = new NpgsqlConnection(service.ConnectionString);
        await holder.OpenAsync(Cancel);
        await using var transaction = await holder.BeginTransactionAsync(Cancel);
        await using (var hold = new NpgsqlCommand("update partitions set writes = writes + 1 where partition like '%FIN>%'", holder))
            await hold.ExecuteNonQueryAsync(Cancel);
        using var caller = service.Caller();
        Assert.Equal(201, (int)(await PostAsync(caller, "first-of-fin", "FIN", "GEO")).StatusCode);
        await using (var hold = new NpgsqlCommand("update partitions set writes = writes + 1 where partition like '%FIN>%'", holder))
            Assert.True(await hold.ExecuteNonQueryAsync(Cancel) > 0, "there is no such partition");

        var writers = Enumerable.Range(0, 40).Select(i => PostAsync(caller, $"fin-{i}", "FIN", "GEO")).ToList();
        await Task.WhenAny(writers);
        await StillServesAsync("BEL");
        await transaction.RollbackAsync(Cancel);

        var answers = await Task.WhenAll((await Task.WhenAll(writers)).Select(AnswerAsync));
        Assert.All(answers, a => Assert.True(a is (201, null, _) or (503, "too_many_running", true), a.ToString()));
        Assert.Contains(answers, a => a.Status == 201);
        Assert.Contains(answers, a => a.Status == 503);
    }

    [Fact]
    public async Task Slow_questions_are_refused_where_too_many_are_asked()
    {
        using var caller = service.Caller();
        var knownAt = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var questions = Enumerable.Range(0, 40).Select(i =>
            caller.GetAsync($"/v1/balances?as_of=2025-01-{i % 28 + 1:00}&known_at={knownAt}", Cancel)).ToList();
        await Task.WhenAny(questions);
        await StillServesAsync("AUT");

        var answers = await Task.WhenAll((await Task.WhenAll(questions)).Select(AnswerAsync));
        Assert.All(answers, a => Assert.True(a is (200, null, _) or (503, "too_many_running", true), a.ToString()));
        Assert.Contains(answers, a => a.Status == 200);
        Assert.Contains(answers, a => a.Status == 503);
    }
}
