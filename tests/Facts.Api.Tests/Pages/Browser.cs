using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Facts.Api.Tests.Pages;

/// <summary>A Chromium without a window, driven over its own protocol: pages are opened, typed into and read as a person would.</summary>
sealed class Browser : IAsyncDisposable
{
    static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(d => new[] { "chromium", "chromium-browser", "google-chrome" }, Path.Combine).FirstOrDefault(File.Exists);

    static readonly JsonSerializerOptions WithoutNulls = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly Process _process;
    readonly string _profile;
    readonly ClientWebSocket _socket = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = new();
    readonly ConcurrentDictionary<string, Tab> _tabs = new();
    readonly SemaphoreSlim _sending = new(1);
    int _sent;

    Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    public static bool IsHere => Program is not null;

    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("facts-browser-").FullName;
        var start = new ProcessStartInfo(Program!, ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0",
            "--user-data-dir=" + profile, "about:blank"])
        { RedirectStandardError = true, RedirectStandardOutput = true };
        var browser = new Browser(Process.Start(start)!, profile);
        string? address = null;
        while (address is null && await browser._process.StandardError.ReadLineAsync() is { } line)
            if (line.IndexOf("ws://", StringComparison.Ordinal) is >= 0 and var at) address = line[at..].Trim();
        Assert.NotNull(address);
        _ = browser._process.StandardError.ReadToEndAsync();
        await browser._socket.ConnectAsync(new Uri(address), CancellationToken.None);
        _ = browser.ListenAsync();
        return browser;
    }

    public async Task<Tab> OpenAsync()
    {
        var target = (await SendAsync("Target.createTarget", new { url = "about:blank" }))["targetId"]!.GetValue<string>();
        var session = (await SendAsync("Target.attachToTarget", new { targetId = target, flatten = true }))["sessionId"]!.GetValue<string>();
        var tab = _tabs[session] = new Tab(this, session, target);
        await tab.SendAsync("Page.enable");
        await tab.SendAsync("Network.enable");
        await tab.SendAsync("Runtime.enable");
        return tab;
    }

    public async Task<JsonNode> SendAsync(string method, object? parameters = null, string? session = null)
    {
        var id = Interlocked.Increment(ref _sent);
        var answer = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters ?? new { }, sessionId = session },
            WithoutNulls);
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(message, WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    async Task ListenAsync()
    {
        var buffer = new byte[1 << 16];
        while (_socket.State == WebSocketState.Open)
        {
            using var bytes = new MemoryStream();
            WebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                bytes.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return;
            var message = JsonNode.Parse(Encoding.UTF8.GetString(bytes.ToArray()))!;
            if (message["id"] is { } id && _waiting.TryRemove(id.GetValue<int>(), out var answer))
            {
                if (message["error"] is { } error) answer.SetException(new InvalidOperationException(error.ToJsonString()));
                else answer.SetResult(message["result"]!);
            }
            else if (message["sessionId"]?.GetValue<string>() is { } session && _tabs.TryGetValue(session, out var tab))
                tab.Take(message["method"]!.GetValue<string>(), message["params"]!);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _socket.Dispose();
        _sending.Dispose();
        Directory.Delete(_profile, recursive: true);
    }
}
