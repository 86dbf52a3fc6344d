using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Facts.Api.Access;

/// <summary>
/// A cache of the issuer's name and public keys. They are fetched when the first token arrives. After an hour they are fetched again in the background.
/// The library's ConfigurationManager is not used, for three reasons. It refuses the first token that a new key signed. Or else all callers queue up
/// while the issuer does not answer. And it reads the machine's clock, which a test cannot move.
/// </summary>
internal sealed partial class OidcConfigurationCache(TokenIssuer issuer, TimeProvider clock, ILogger<OidcConfigurationCache> log)
{
    /// <summary>The longest time that a key which the issuer has withdrawn still works here.</summary>
    static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The shortest time between two fetches. It stops a flood of forged tokens from becoming a flood of requests to the issuer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1 << 20 };

    readonly HttpDocumentRetriever _documents = new(Http) { RequireHttps = issuer.Authority.Scheme == Uri.UriSchemeHttps };
    readonly Lock _lock = new();
    Task _fetching = Task.CompletedTask;
    long? _startedAt;
    volatile OpenIdConnectConfiguration? _last;

    /// <summary>The configuration that was fetched last.</summary>
    /// <param name="isRefresh">True if no known key has signed a token: then this waits for a new fetch, unless the last one began less than ten seconds
    /// ago.</param>
    /// <returns>The configuration; null if no fetch has succeeded yet.</returns>
    public async Task<OpenIdConnectConfiguration?> ReadAsync(bool isRefresh, CancellationToken cancel)
    {
        var isAwaited = isRefresh || _last is null;
        Task fetching;
        lock (_lock)
        {
            if (_startedAt is not { } startedAt || clock.GetElapsedTime(startedAt) >= (isAwaited ? Pause : Lifetime))
                (_fetching, _startedAt) = (Task.Run(FetchAsync, CancellationToken.None), clock.GetTimestamp());
            fetching = _fetching;
        }
        if (isAwaited) await fetching.WaitAsync(cancel);
        return _last;
    }

    async Task FetchAsync()
    {
        try
        {
            var fetched = await OpenIdConnectConfigurationRetriever.GetAsync(
                issuer.Authority.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration", _documents, CancellationToken.None);
            if (string.IsNullOrEmpty(fetched.Issuer) || fetched.SigningKeys.Count == 0)
                Failed(log, issuer.Authority, "its discovery document names no issuer or leads to no keys");
            else _last = fetched;
        }
        // A proxy or another program at the issuer's address can answer anything. The configuration that was fetched before stays in use.
        catch (Exception e)
        {
            Failed(log, issuer.Authority, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys of {Issuer} cannot be fetched: {Why}")]
    static partial void Failed(ILogger log, Uri issuer, string why);
}
