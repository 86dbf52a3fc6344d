using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Facts.Api.Access;

/// <summary>
/// The issuer's name and public keys: fetched when they are first asked for, and again now and then, without anybody waiting for it. Not by the library's
/// ConfigurationManager: it refuses the first token of a new key, or else has all callers wait in a line where the issuer is silent; and its clock is the machine's.
/// </summary>
internal sealed partial class OidcConfigurationCache(TokenIssuer issuer, TimeProvider clock, ILogger<OidcConfigurationCache> log)
{
    /// <summary>How long a key that the issuer took back may still be good here.</summary>
    static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>At the least between two times of fetching, whatever is asked: forged tokens are no way to flood the issuer.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1 << 20 };

    readonly HttpDocumentRetriever _documents = new(Http) { RequireHttps = issuer.Authority.Scheme == Uri.UriSchemeHttps };
    readonly Lock _turn = new();
    Task _fetching = Task.CompletedTask;
    long? _begun;
    volatile OpenIdConnectConfiguration? _last;

    /// <summary>As last fetched.</summary>
    /// <param name="isAnew">A token is signed by a key that is not among them: waits for newer ones, if they are to be had now.</param>
    /// <returns>Null where the issuer could not be reached yet.</returns>
    public async Task<OpenIdConnectConfiguration?> ReadAsync(bool isAnew, CancellationToken cancel)
    {
        var isAwaited = isAnew || _last is null;
        Task fetching;
        lock (_turn)
        {
            if (_begun is not { } begun || clock.GetElapsedTime(begun) >= (isAwaited ? Pause : Kept))
                (_fetching, _begun) = (Task.Run(FetchAsync, CancellationToken.None), clock.GetTimestamp());
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
            if (string.IsNullOrEmpty(fetched.Issuer) || fetched.SigningKeys.Count == 0) Failed(log, issuer.Authority, "its discovery document names no issuer or leads to no keys");
            else _last = fetched;
        }
        // Whatever is there in the issuer's place may answer anything; what was fetched before is still good.
        catch (Exception e)
        {
            Failed(log, issuer.Authority, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The keys of {Issuer} cannot be fetched: {Why}")]
    static partial void Failed(ILogger log, Uri issuer, string why);
}
