using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Facts.Cli;

/// <summary>The service, over HTTP.</summary>
internal sealed class Server : IDisposable
{
    static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    readonly HttpClient _http;

    public Server(Settings settings)
    {
        // Redirects are not followed: they would carry the key elsewhere. What crosses a network is compressed, what stays on the machine is not.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTime,
            AutomaticDecompression = settings.Server.IsLoopback ? DecompressionMethods.None : DecompressionMethods.GZip | DecompressionMethods.Brotli,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(settings.Server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("facts-cli", "0.1"));
        if (settings.Key is not { Length: > 0 } key) return;
        if (!key.All(c => c is > ' ' and <= '~')) throw new CommandException("the key holds white space or signs that no key has");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Whether it has answered anything yet: then a connection that fails was cut, and is worth another try.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>Whether a talk with the service was cut; not that a file cannot be written, nor that nobody was there to talk to.</summary>
    public bool IsCut(Exception? failure) => failure switch
    {
        HttpRequestException failed => HasAnswered || !IsNoConnection(failed),
        HttpIOException or IOException { InnerException: SocketException } => true,
        _ => false,
    };

    /// <summary>Nobody was there to talk to.</summary>
    public static bool IsNoConnection(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    public Uri Address(string path, IEnumerable<(string Name, string Value)> query)
    {
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value)}"));
        return new Uri(_http.BaseAddress!, path.TrimStart('/') + (text.Length == 0 ? "" : "?" + text));
    }

    /// <summary>An address that the service gave: it begins at the service's own root.</summary>
    public Uri Given(string address)
    {
        var given = address.StartsWith('/') ? new Uri(_http.BaseAddress!, address.TrimStart('/')) : new Uri(_http.BaseAddress!, address);
        return given.Host == _http.BaseAddress!.Host ? given : throw new CommandException($"the service points to another host, {given.Host}");
    }

    /// <summary>Sends, and gives the answer as soon as its head is there.</summary>
    /// <exception cref="HttpRequestException">The service cannot be reached, or the connection is cut.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        HasAnswered = true;
        return answer;
    }

    /// <summary>Asks, and gives the answer where it is a good one.</summary>
    /// <exception cref="CommandException">It cannot be reached, or refuses.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, CancellationToken cancel)
    {
        try
        {
            var answer = await SendAsync(new HttpRequestMessage(HttpMethod.Get, address), cancel);
            if (answer.IsSuccessStatusCode) return answer;
            using (answer) throw new CommandException((await Problem.ReadAsync(answer, cancel)).ToString());
        }
        catch (HttpRequestException failure)
        {
            throw Unreachable(failure);
        }
    }

    /// <summary>The whole text of a good answer.</summary>
    public async Task<string> GetTextAsync(Uri address, CancellationToken cancel)
    {
        using var answer = await GetAsync(address, cancel);
        try
        {
            return await answer.Content.ReadAsStringAsync(cancel);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new CommandException($"the answer was cut: {cut.Message}", cut);
        }
    }

    public CommandException Unreachable(Exception failure) => new($"no answer from {_http.BaseAddress!.GetLeftPart(UriPartial.Path).TrimEnd('/')}: {failure.InnerException?.Message ?? failure.Message}", failure);

    public void Dispose() => _http.Dispose();
}
