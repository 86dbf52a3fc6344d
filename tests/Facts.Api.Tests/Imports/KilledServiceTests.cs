using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Facts.Api.Tests.Hosting;
using Facts.EmbeddedPostgres;

namespace Facts.Api.Tests.Imports;

/// <summary>
/// Kills the service, and its database, at moments spread over the whole of a large import, from its first byte on. <c>FACTS_KILLS</c> is the number
/// of each (1), <c>FACTS_KILL_ROWS</c> the rows of the import (1500), and <c>FACTS_KILL_SEED</c> repeats a run.
/// </summary>
public sealed class KilledServiceTests(Databases databases) : ImportServerTest
{
    static readonly int Kills = Setting("FACTS_KILLS", 1), Rows = Setting("FACTS_KILL_ROWS", 1_500),
        Seed = Setting("FACTS_KILL_SEED", Environment.TickCount & 0xFFFFFF);
    static readonly string File = ImportCaller.Table("killed", Rows);

    int _stores;

    [Fact]
    public Task A_killed_service_leaves_an_import_stored_whole_or_not_at_all() => KilledAsync(
        async data => new() { ["Facts__DataDirectory"] = data, ["ConnectionStrings__Facts"] = await databases.NewDatabaseAsync() },
        async store =>
        {
            store.Service.Process.Kill();
            await store.StartAsync();
        });

    [Fact]
    public Task A_killed_database_leaves_an_import_stored_whole_or_not_at_all() => KilledAsync(
        data => Task.FromResult(new Dictionary<string, string> { ["Facts__DataDirectory"] = data }),
        async store =>
        {
            var processes = await store.DatabaseAsync();
            await RunAsync("kill", ["-9", .. processes.Select(p => $"{p}")]);
            await UntilAsync(() => !processes.Any(Processes.IsPostgres), "the database is dead");
            await store.Service.AnswersAsync();
        });

    async Task KilledAsync(Func<string, Task<Dictionary<string, string>>> settings, Func<Store, Task> kill)
    {
        Say($"seed {Seed}");
        var random = new Random(Seed);
        var (whole, took) = await UndisturbedAsync(settings);
        var moments = Enumerable.Range(0, Kills).Select(k => took * ((k + random.NextDouble()) / Kills)).ToArray();
        random.Shuffle(moments);
        Say($"a load of {Rows} rows takes {took.TotalSeconds:0.0} s");

        var store = await NewStoreAsync(settings);
        JsonElement? load = null;
        foreach (var moment in moments)
        {
            var sending = load is null ? store.SendAsync() : Task.CompletedTask;
            await Task.Delay(moment, Cancel);
            await kill(store);
            await sending;
            load = await store.LastLoadAsync();
            var there = await store.CountAsync();
            Say($"killed after {moment.TotalSeconds:0.0} s: {load?.Word("state") ?? "not begun"}, {load?.Number("percent")} %, {there} claims");
            Assert.Contains(there, load?.Word("state") == "done" ? [Rows] : new[] { 0, Rows });
            if (there == 0) await store.VerifyAsync();
            // Started too often: the import has failed, and the caller sends it again.
            if (load?.Word("state") == "failed")
            {
                Assert.Equal(0, there);
                Assert.StartsWith("it was begun 5 times", load.Value.Word("reason"));
                load = null;
            }
            if (load?.Word("state") != "done") continue;
            await CompletedAsync(store, whole);
            await store.DisposeAsync();
            (store, load) = (await NewStoreAsync(settings), null);
        }
        if (load is null) await store.SendAsync();
        await CompletedAsync(store, whole);
        await store.DisposeAsync();
    }

    async Task<(string Whole, TimeSpan Took)> UndisturbedAsync(Func<string, Task<Dictionary<string, string>>> settings)
    {
        await using var store = await NewStoreAsync(settings);
        var clock = Stopwatch.StartNew();
        await store.SendAsync();
        await store.Api.EndedAsync((await store.LastLoadAsync())!.Value, minutes: 30);
        Assert.Equal(0, Spooled(store.Data));
        return (await store.BalancesAsync(), clock.Elapsed);
    }

    /// <summary>Checks that the import is stored, that sending it again changes nothing, and that its balances are those of an undisturbed import.</summary>
    static async Task CompletedAsync(Store store, string whole)
    {
        var ended = await store.Api.EndedAsync((await store.LastLoadAsync())!.Value, minutes: 30);
        Assert.Equal(("done", $"{Rows} read, {Rows} created, 0 updated, 0 unchanged, 0 failed"), (ended.Word("state"), ended.Counts()));
        await store.SendAsync();
        var again = await store.Api.EndedAsync((await store.LastLoadAsync())!.Value, minutes: 30);
        Assert.Equal(("done", $"{Rows} read, 0 created, 0 updated, {Rows} unchanged, 0 failed"), (again.Word("state"), again.Counts()));
        Assert.Equal(Rows, await store.CountAsync());
        Assert.Equal(whole, await store.BalancesAsync());
        await store.VerifyAsync();
    }

    async Task<Store> NewStoreAsync(Func<string, Task<Dictionary<string, string>>> settings)
    {
        var data = Path.Combine(Below, $"store-{++_stores}");
        var store = new Store(data, new(await settings(data)) { ["Facts__AdminKey"] = Key, ["Facts__Sample"] = "false" });
        await store.StartAsync();
        return store;
    }

    static int Setting(string name, int usual) => int.TryParse(Environment.GetEnvironmentVariable(name), out var n) ? n : usual;

    static void Say(string line) => TestContext.Current.TestOutputHelper!.WriteLine(line);

    /// <summary>A store with the service on it.</summary>
    sealed class Store(string data, Dictionary<string, string> settings) : IAsyncDisposable
    {
        RunningService? _service;

        public string Data => data;
        public RunningService Service => _service!;
        public HttpClient Api { get; private set; } = new();

        public async Task StartAsync()
        {
            await StopAsync();
            _service = new RunningService(settings, []);
            await _service.AnswersAsync();
            Api = new()
            {
                BaseAddress = new Uri(_service.Address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Key) },
                Timeout = TimeSpan.FromMinutes(15),
            };
        }

        /// <summary>Sends the file. Its outcome is read later, since the service may die before it answers.</summary>
        public async Task SendAsync()
        {
            try
            {
                while ((await Api.LoadAsync(File, "create_missing=true")).Status == 503) await Task.Delay(200, Cancel);
            }
            catch (Exception dead) when (dead is HttpRequestException or OperationCanceledException && !Cancel.IsCancellationRequested)
            {
                // The service is dead, and the connection with it.
            }
        }

        public async Task<JsonElement?> LastLoadAsync() =>
            (await AskAsync("/v1/imports?limit=1")).GetProperty("items") is { } items && items.GetArrayLength() > 0 ? items[0] : null;

        public async Task<int> CountAsync() => (await AskAsync("/v1/claims?count=exact&limit=1")).Number("count");

        public async Task<string> BalancesAsync() => (await AskAsync("/v1/balances?group_by=recipient&as_of=2025-01-01")).GetProperty("items").ToString();

        public async Task VerifyAsync() => Assert.Empty((await AskAsync("/v1/verification")).GetProperty("differences").EnumerateArray());

        /// <summary>Processes of the database, the parent before its children.</summary>
        public async Task<int[]> DatabaseAsync()
        {
            var first = System.IO.File.ReadLines(Path.Combine(data, "postgres", "cluster", "postmaster.pid")).First();
            return [int.Parse(first), .. (await RunAsync("pgrep", "-P", first)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        }

        /// <summary>Retries as a caller does after 503. Pooled connections that died with the database fail one by one.</summary>
        async Task<JsonElement> AskAsync(string path)
        {
            for (var tries = 0; ; tries++)
            {
                using var answer = await Api.GetAsync(path, Cancel);
                var body = await Case.ReadAsync(answer);
                if (answer.IsSuccessStatusCode) return body;
                Assert.True(answer.Headers.RetryAfter is not null && tries < 50, $"{path}: {body}");
                await Task.Delay(200, Cancel);
            }
        }

        async Task StopAsync()
        {
            Api.Dispose();
            if (_service is not null) await _service.DisposeAsync();
        }

        public async ValueTask DisposeAsync()
        {
            var processes = settings.ContainsKey("ConnectionStrings__Facts") ? [] : await DatabaseAsync();
            await StopAsync();
            await UntilAsync(() => !processes.Any(Processes.IsPostgres), "the database is gone with its service");
            // With a database elsewhere, a file that fits into memory needs no directory.
            if (Directory.Exists(data)) Directory.Delete(data, recursive: true);
        }
    }
}
