using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>
/// Limits the requests of a minute. One limit holds for each key, each owner of a token, and each address without either. A second limit holds for
/// the invalid keys and tokens of an address, because each of them costs a look into the store. A key has 190 random bits, so nobody guesses one:
/// a valid key always passes, also from an address that sent many invalid ones.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    /// <summary>1,000 requests a second for a minute: more than an import or a dashboard sends, and too few to slow other callers down.</summary>
    public const int Default = 60_000;

    const int MaxBadKeys = 600;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly int _limit;
    readonly PartitionedRateLimiter<string>? _requests;
    readonly PartitionedRateLimiter<string> _badKeys = Limiter(MaxBadKeys);

    public RateLimits(IConfiguration configuration)
    {
        _limit = configuration.GetValue("Access:RequestsPerMinute", Default);
        if (_limit > 0) _requests = Limiter(_limit);
    }

    /// <summary>Counts a request and sets <c>RateLimit</c> and <c>RateLimit-Policy</c>. Returns 429 if the limit is exceeded, else null.</summary>
    public Problem? Refuse(HttpContext http, Principal? caller)
    {
        if (_requests is null) return null;
        var partition = caller is null ? Address(http) : caller.Subject ?? $"key {caller.KeyId}";
        using var lease = _requests.AttemptAcquire(partition);
        SetHeaders(http, "default", _requests, partition, _limit);
        return lease.IsAcquired ? null : TooMany(lease, $"more than {_limit} requests in a minute");
    }

    /// <summary>Counts an invalid key and sets <c>RateLimit</c> and <c>RateLimit-Policy</c>. Returns 429 if the limit is exceeded, else null.</summary>
    public Problem? RefuseBadKey(HttpContext http)
    {
        var address = Address(http);
        using var lease = _badKeys.AttemptAcquire(address);
        SetHeaders(http, "bad-keys", _badKeys, address, MaxBadKeys);
        return lease.IsAcquired ? null : TooMany(lease, $"more than {MaxBadKeys} requests in a minute with keys that are not valid");
    }

    // Set when the answer starts, because the exception handler clears all headers.
    static void SetHeaders(HttpContext http, string policy, PartitionedRateLimiter<string> limiter, string partition, int limit)
    {
        var left = limiter.GetStatistics(partition)?.CurrentAvailablePermits ?? 0;
        var headers = http.Response.Headers;
        http.Response.OnStarting(() =>
        {
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={left}");
            headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={limit};w={Window.TotalSeconds}");
            return Task.CompletedTask;
        });
    }

    static Problem TooMany(RateLimitLease lease, string reason)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window;
        return Problems.TooManyRequests.Because(reason)
            .With("Retry-After", Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    static PartitionedRateLimiter<string> Limiter(int limit) =>
        PartitionedRateLimiter.Create<string, string>(partition => RateLimitPartition.GetFixedWindowLimiter(partition,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = Window, QueueLimit = 0 }));

    /// <summary>The IPv4 address, or the /64 network of an IPv6 address: one household has 2^64 IPv6 addresses.</summary>
    static string Address(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "nowhere",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } six =>
            new IPAddress([.. six.GetAddressBytes().Take(8), .. new byte[8]]).ToString(),
        var address => address.ToString(),
    };

    public void Dispose()
    {
        _requests?.Dispose();
        _badKeys.Dispose();
    }
}
