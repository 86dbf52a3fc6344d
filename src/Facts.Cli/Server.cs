using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Facts.Cli;

/// <summary>The HTTP client of the service.</summary>
internal sealed class Server : IDisposable
{
    static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    readonly HttpClient _http;

    public Server(Settings settings)
    {
        // Redirects are not followed, because they would send the key to another host. Answers are compressed only if they cross a network.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTime,
            AutomaticDecompression = settings.Server.IsLoopback ? DecompressionMethods.None : DecompressionMethods.GZip | DecompressionMethods.Brotli,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(settings.Server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("facts-cli", "0.1"));
        if (settings.Key is not { Length: > 0 } key) return;
        if (!key.All(c => c is > ' ' and <= '~')) throw new CommandException("the key contains white space or characters that no key has");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>True if the service has answered at least once. Then a failing connection was interrupted, and a retry makes sense.</summary>
    public bool HasAnswered { get; private set; }

    /// <summary>True if the connection broke during an exchange. False for a file that cannot be written, and for a service that was never reached.</summary>
    public bool IsCut(Exception? failure) => failure switch
    {
        HttpRequestException failed => HasAnswered || !IsNoConnection(failed),
        HttpIOException or IOException { InnerException: SocketException } => true,
        _ => false,
    };

    /// <summary>True if no connection could be made.</summary>
    public static bool IsNoConnection(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    public Uri Address(string path, IEnumerable<(string Name, string Value)> query)
    {
        var text = string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Name)}={Uri.EscapeDataString(q.Value)}"));
        return new Uri(_http.BaseAddress!, path.TrimStart('/') + (text.Length == 0 ? "" : "?" + text));
    }

    /// <summary>Resolves an address that the service sent, relative to the root of the service.</summary>
    public Uri Given(string address)
    {
        var given = address.StartsWith('/') ? new Uri(_http.BaseAddress!, address.TrimStart('/')) : new Uri(_http.BaseAddress!, address);
        return given.Host == _http.BaseAddress!.Host ? given : throw new CommandException($"the service points to another host, {given.Host}");
    }

    /// <summary>Sends a request. Returns when the headers of the answer have arrived.</summary>
    /// <exception cref="HttpRequestException">The service cannot be reached, or the connection broke.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        HasAnswered = true;
        return answer;
    }

    /// <summary>Sends a GET. Returns a successful answer.</summary>
    /// <exception cref="CommandException">The service cannot be reached, or answers with an error.</exception>
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

    /// <summary>Sends a GET. Returns the complete text of a successful answer.</summary>
    public async Task<string> GetTextAsync(Uri address, CancellationToken cancel)
    {
        using var answer = await GetAsync(address, cancel);
        try
        {
            return await answer.Content.ReadAsStringAsync(cancel);
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new CommandException($"the connection broke during the answer: {cut.Message}", cut);
        }
    }

    public CommandException Unreachable(Exception failure) => new(
        $"no answer from {_http.BaseAddress!.GetLeftPart(UriPartial.Path).TrimEnd('/')}: {failure.InnerException?.Message ?? failure.Message}", failure);

    public void Dispose() => _http.Dispose();
}
