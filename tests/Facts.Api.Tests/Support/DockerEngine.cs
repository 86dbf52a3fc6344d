using System.Net.Sockets;
using System.Text.Json;

namespace Facts.Api.Tests.Support;

/// <summary>Asks the Docker engine for its version before Testcontainers starts, since Testcontainers needs that version as a setting.</summary>
sealed class DockerEngine
{
    public const string Label = "facts.tests.process";

    readonly HttpClient _http;
    readonly string _version;

    DockerEngine(HttpClient http, string version) => (_http, _version) = (http, version);

    /// <summary>Null where none answers.</summary>
    public static async Task<DockerEngine?> FindAsync()
    {
        var http = Client(Environment.GetEnvironmentVariable("DOCKER_HOST"));
        try
        {
            var answer = await http.GetAsync("/_ping");
            if (answer.IsSuccessStatusCode && answer.Headers.TryGetValues("Api-Version", out var version))
                return new DockerEngine(http, version.First());
        }
        catch (Exception silent) when (silent is HttpRequestException or SocketException or TaskCanceledException)
        {
        }
        http.Dispose();
        return null;
    }

    /// <summary>Sets the engine's version for Testcontainers, and removes containers that a killed run of these tests left.</summary>
    public async Task PrepareAsync()
    {
        // Testcontainers asks for 1.44 by default, and Debian's engine speaks 1.41.
        Environment.SetEnvironmentVariable("DOCKER_API_VERSION", _version);
        // Its reaper is an image of its own, which not every machine can have; the label and this sweep do its work.
        Environment.SetEnvironmentVariable("TESTCONTAINERS_RYUK_DISABLED", "true");
        var filter = Uri.EscapeDataString($$"""{"label":["{{Label}}"]}""");
        using var list = JsonDocument.Parse(await _http.GetStringAsync($"/containers/json?all=1&filters={filter}"));
        foreach (var container in list.RootElement.EnumerateArray())
            if (!Directory.Exists($"/proc/{container.GetProperty("Labels").GetProperty(Label).GetString()}"))
                (await _http.DeleteAsync($"/containers/{container.GetProperty("Id").GetString()}?force=1&v=1")).Dispose();
    }

    static HttpClient Client(string? host)
    {
        var timeout = TimeSpan.FromSeconds(5);
        if (host is not null && host.StartsWith("tcp://", StringComparison.Ordinal))
            return new HttpClient { BaseAddress = new Uri("http" + host[3..]), Timeout = timeout };
        var path = host is not null && host.StartsWith("unix://", StringComparison.Ordinal) ? host["unix://".Length..] : "/var/run/docker.sock";
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancel) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = new Uri("http://docker"), Timeout = timeout };
    }
}
