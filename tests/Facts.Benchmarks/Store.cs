using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Facts.EmbeddedPostgres;
using Npgsql;

namespace Facts.Benchmarks;

/// <summary>The service as it is run, a Release build in a process of its own, on a fresh PostgreSQL that can also be asked directly.</summary>
internal sealed class Store : IAsyncDisposable
{
    // Not one that could be a real one's.
    const string Key = "only-for-benchmarks";

    readonly string _directory;
    readonly EmbeddedServer _server;
    Process _service;

    Store(string directory, EmbeddedServer server, Uri address)
    {
        (_directory, _server) = (directory, server);
        _service = Launch("--urls", address.ToString());
        Http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        Database = new NpgsqlDataSourceBuilder(server.ConnectionString + ";Command Timeout=0").Build();
    }

    public HttpClient Http { get; }

    /// <summary>The service's own database.</summary>
    public NpgsqlDataSource Database { get; }

    public string ConnectionString => _server.ConnectionString;

    /// <summary>A folder that is gone afterwards.</summary>
    public string PathOf(string name) => Path.Combine(_directory, name);

    public static async Task<Store> StartAsync()
    {
        // Below a folder that PostgreSQL's account can enter, where this runs as root.
        var directory = Directory.CreateDirectory(Path.Combine("/var/tmp", $"facts-benchmarks-{Guid.NewGuid():N}")).FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, (UnixFileMode)0b111_101_101);
        // Enough for the service and for pgbench beside it.
        var server = await EmbeddedServer.StartAsync(new EmbeddedServerOptions { DataDirectory = Path.Combine(directory, "postgres"), MaxConnections = 200 });
        using (var migrating = Launch(server, directory, "migrate")) await migrating.WaitForExitAsync();
        var store = new Store(directory, server, new Uri($"http://localhost:{FreePort()}"));
        try
        {
            await store.IsReadyAsync();
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new process, with nothing in its memory.</summary>
    /// <param name="settings">Settings of the service, as arguments.</param>
    public async Task RestartAsync(params string[] settings)
    {
        await EndAsync(_service);
        _service = Launch(["--urls", Http.BaseAddress!.ToString(), .. settings]);
        await IsReadyAsync();
    }

    /// <summary>The peak memory of the service so far, in bytes; 0 if the system does not report it.</summary>
    public long PeakMemory() => Status("VmHWM");

    /// <summary>The memory that it has now.</summary>
    public long Memory() => Status("VmRSS");

    /// <summary>Waits until the service has computed its projections for all days, which it does after a large import.</summary>
    public async Task AllDaysAsync()
    {
        while (await AskAsync<bool>("select exists (select from partitions where is_deferred)")) await Task.Delay(500);
    }

    /// <summary>The processor time of the service so far, in milliseconds.</summary>
    public double ServiceProcessor() => ProcessorOf(_service.Id);

    /// <summary>The processor time of PostgreSQL's running processes so far, in milliseconds.</summary>
    public double DatabaseProcessor() =>
        Directory.GetDirectories("/proc").Select(d => int.TryParse(Path.GetFileName(d), out var id) ? id : 0).Where(IsPostgres).Sum(ProcessorOf);

    static bool IsPostgres(int process)
    {
        try
        {
            return process > 0 && File.ReadAllText($"/proc/{process}/comm").Trim() == "postgres";
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>A bare server on the same database, in a process of its own.</summary>
    public async Task<BareServer> StartBareAsync()
    {
        var address = $"http://localhost:{FreePort()}";
        var bare = new BareServer(Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(Store).Assembly.Location, "bare", _server.ConnectionString, address]))!, new HttpClient { BaseAddress = new Uri(address) });
        for (var until = Environment.TickCount64 + 30_000; Environment.TickCount64 < until; await Task.Delay(100))
            try
            {
                using var answer = await bare.Http.GetAsync("/version");
                return bare;
            }
            catch (HttpRequestException)
            {
                // It is still starting.
            }
        throw new InvalidOperationException("the bare server does not start");
    }

    /// <summary>A <see cref="Bare"/> in a process of its own.</summary>
    internal sealed class BareServer(Process process, HttpClient http) : IAsyncDisposable
    {
        public HttpClient Http => http;

        public double Processor() => ProcessorOf(process.Id);

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            await EndAsync(process);
        }
    }

    // User and system time are the members 14 and 15, in ticks of 10 ms. The second member, in parentheses, may hold blanks.
    static double ProcessorOf(int process)
    {
        try
        {
            var members = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            return 10 * (double.Parse(members[11]) + double.Parse(members[12]));
        }
        catch (IOException)
        {
            return 0;
        }
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return await BodyAsync(answer);
    }

    public async Task<JsonElement> PostAsync(string path, HttpContent body)
    {
        using var answer = await Http.PostAsync(path, body);
        return await BodyAsync(answer);
    }

    /// <summary>Loads a file as anybody does, and waits for it.</summary>
    public async Task LoadAsync(string file, string mediaType)
    {
        await using var stream = File.OpenRead(file);
        var body = new StreamContent(stream);
        body.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        using var answer = await Http.PostAsync("/v1/imports", body);
        var report = await BodyAsync(answer);
        for (; report.GetProperty("finished_at").ValueKind == JsonValueKind.Null; await Task.Delay(100))
            report = await GetAsync(answer.Headers.Location!.OriginalString);
        if (report.GetProperty("state").GetString() != "done") throw new InvalidOperationException(report.ToString());
    }

    /// <summary>Makes a small change, so that no kept answer is given any more.</summary>
    public Task ChangeAsync() => PostAsync("/v1/articles", JsonContent.Create(new { url = $"https://news.example.org/change/{Guid.NewGuid()}" }));

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task RunAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Database.DisposeAsync();
        await EndAsync(_service);
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    async Task IsReadyAsync()
    {
        for (var until = Environment.TickCount64 + 120_000; ; await Task.Delay(100))
        {
            try
            {
                if ((await Http.GetAsync("/readyz")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!_service.HasExited && Environment.TickCount64 < until)
            {
                // It is still starting.
            }
        }
    }

    long Status(string member) => StatusOf(_service.Id, member);

    /// <summary>A number of bytes that the system reports of a process, for example <c>VmRSS</c>; 0 if it does not.</summary>
    public static long StatusOf(int process, string member) => !File.Exists($"/proc/{process}/status") ? 0
        : 1_024 * long.Parse(File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(member, StringComparison.Ordinal))
            .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);

    static async Task<JsonElement> BodyAsync(HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{answer.RequestMessage!.RequestUri}: {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    static Process Launch(EmbeddedServer server, string directory, params string[] arguments)
    {
        var build = AppContext.BaseDirectory.Replace(Path.Combine("tests", "Facts.Benchmarks"), Path.Combine("src", "Facts.Api"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(build, "Facts.Api.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__Facts"] = server.ConnectionString;
        start.Environment["Facts__AdminKey"] = Key;
        start.Environment["Access__RequestsPerMinute"] = "0";
        start.Environment["Facts__DataDirectory"] = Path.Combine(directory, "service");
        start.Environment["Facts__Announce"] = "false";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    Process Launch(params string[] arguments) => Launch(_server, _directory, arguments);

    static async Task EndAsync(Process process)
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
