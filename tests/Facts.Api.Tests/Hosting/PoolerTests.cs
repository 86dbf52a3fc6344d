using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Facts.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Facts.Api.Tests.Hosting;

/// <summary>The service behind PgBouncer, which gives each transaction another session. Skipped where PgBouncer is not installed.</summary>
public sealed class PoolerTests(Databases databases) : IAsyncLifetime
{
    readonly string _directory = Directory.CreateTempSubdirectory("facts-pooler-").FullName;
    readonly int _port = FreePort();
    Process? _pooler;
    string _direct = "";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(d => Path.Combine(d, "pgbouncer"))
            .FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "PgBouncer is not installed here");
        _direct = await databases.NewDatabaseAsync();
        var server = new NpgsqlConnectionStringBuilder(_direct);
        var password = string.IsNullOrEmpty(server.Password) ? "" : $"password={server.Password}";
        var settings = Path.Combine(_directory, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings,
            $"""
            [databases]
            {server.Database} = host={server.Host} port={server.Port} user={server.Username} {password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {_port}
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            """, Cancel);
        // PgBouncer does not run as root, and only the owner of the server may connect by its socket.
        string[] command = Environment.IsPrivilegedProcess && Directory.Exists(server.Host)
            ? ["setpriv", .. await OwnerAsync(server.Host!), program!] : [program!];
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(settings, (UnixFileMode)0b110_100_100);
        }
        _pooler = Process.Start(new ProcessStartInfo(command[0], [.. command[1..], "-q", settings]) { RedirectStandardError = true })!;
        for (var until = Environment.TickCount64 + 20_000; Environment.TickCount64 < until; await Task.Delay(50, Cancel))
            try
            {
                using var caller = new TcpClient();
                await caller.ConnectAsync(IPAddress.Loopback, _port, Cancel);
                return;
            }
            catch (SocketException) when (!_pooler.HasExited)
            {
            }
        Assert.Fail("PgBouncer does not start");
    }

    static async Task<string[]> OwnerAsync(string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "--reuid=%u --regid=%g --clear-groups", path]) { RedirectStandardOutput = true })!;
        return (await stat.StandardOutput.ReadToEndAsync(Cancel)).Trim().Split(' ');
    }

    FactsService Service() => new(databases)
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(_direct) { Host = "127.0.0.1", Port = _port }.ConnectionString,
    };

    [Fact]
    public async Task Questions_writes_and_imports_work_where_each_transaction_has_another_session()
    {
        await using var service = Service().With("Facts:Pooler", "true");
        await using (var scope = service.Services.CreateAsyncScope()) await Sample.LoadAsync(scope.ServiceProvider, Cancel);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(i => new[]
        {
            service.Anonymous.GetAsync("/v1/balances?recipient=UKR", Cancel),
            service.Anonymous.GetAsync($"/v1/claims?limit={i + 1}&count=exact", Cancel),
            service.Anonymous.GetAsync($"/v1/commitments/{i + 1}", Cancel),
            service.Anonymous.GetAsync($"/v1/balances?as_of=2023-01-{i + 1:00}", Cancel),
            service.Admin.PostAsync("/v1/imports", new StringContent(Row(i), Encoding.UTF8, "application/x-ndjson"), Cancel),
        }));

        Assert.NotEmpty(await service.Anonymous.GetStringAsync("/v1/claims?format=csv", Cancel));
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, a.ToString()));
        var queued = await service.Admin.PostAsync(
            "/v1/imports?async=true", new StringContent(Row(8) + "\n" + Row(9), Encoding.UTF8, "application/x-ndjson"), Cancel);
        var state = "queued";
        for (var until = Environment.TickCount64 + 60_000; state is "queued" or "running" && Environment.TickCount64 < until; await Task.Delay(100, Cancel))
            state = (await service.Anonymous.GetFromJsonAsync<JsonElement>(queued.Headers.Location, Cancel)).GetProperty("state").GetString();
        Assert.Equal("done", state);
        Assert.Equal(10, await service.ScalarAsync("select count(*) from claims where external_id like 'pooled-%'"));
        Assert.Empty(await service.DifferencesAsync());
    }

    [Fact]
    public async Task Without_the_setting_readiness_names_it()
    {
        await using var service = Service();

        var answer = await service.Anonymous.GetAsync("/readyz", Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("Facts__Pooler", await answer.Content.ReadAsStringAsync(Cancel));
    }

    static string Row(int i) =>
        $$"""{"external_id":"pooled-{{i}}","article_url":"https://pooled.example/{{i}}","article_publisher":"P","article_published_on":"2024-12-04","kind":"pledge","donors":["DEU"],"recipient":"UKR","items":["iris-t"],"quantity":{{i + 1}},"unit":"system","commitment":"pooled-{{i}}"}""";

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        if (_pooler is not null)
        {
            _pooler.Kill();
            await _pooler.WaitForExitAsync(CancellationToken.None);
            _pooler.Dispose();
        }
        Directory.Delete(_directory, recursive: true);
    }
}
