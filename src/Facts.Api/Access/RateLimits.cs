using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Facts.Api.Http;

namespace Facts.Api.Access;

/// <summary>
/// How many requests a key, the owner of a token, or an address without either may make in a minute; and how many of an address may come with a key or token that is none, since each of them costs
/// a look-up. A key has 190 random bits: nobody guesses one, so a right one is let through whatever came from its address before.
/// </summary>
internal sealed class RateLimits : IDisposable
{
    /// <summary>A thousand a second, for a minute: more than a load or a dashboard asks for, and less than what keeps others waiting.</summary>
    public const int Default = 60_000;

    const int MaxBadKeys = 600;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly int _most;
    readonly PartitionedRateLimiter<string>? _requests;
    readonly PartitionedRateLimiter<string> _badKeys = Limiter(MaxBadKeys);

    public RateLimits(IConfiguration configuration)
    {
        _most = configuration.GetValue("Access:RequestsPerMinute", Default);
        if (_most > 0) _requests = Limiter(_most);
    }

    /// <summary>Counts a request; the problem where it is one too many. Sets <c>RateLimit</c> and <c>RateLimit-Policy</c>.</summary>
    public Problem? Refuse(HttpContext http, Principal? key)
    {
        if (_requests is null) return null;
        var who = key is null ? Address(http) : key.Subject ?? $"key {key.Id}";
        using var lease = _requests.AttemptAcquire(who);
        Tell(http, "default", _requests, who, _most);
        return lease.IsAcquired ? null : TooMany(lease, $"more than {_most} requests in a minute");
    }

    /// <summary>Counts a key that is none; the problem where it is one too many. Sets the same headers.</summary>
    public Problem? RefuseBadKey(HttpContext http)
    {
        var who = Address(http);
        using var lease = _badKeys.AttemptAcquire(who);
        Tell(http, "bad-keys", _badKeys, who, MaxBadKeys);
        return lease.IsAcquired ? null : TooMany(lease, $"more than {MaxBadKeys} requests in a minute with keys that are not valid");
    }

    // As the answer starts, since an error clears headers.
    static void Tell(HttpContext http, string policy, PartitionedRateLimiter<string> limiter, string who, int most)
    {
        var left = limiter.GetStatistics(who)?.CurrentAvailablePermits ?? 0;
        var headers = http.Response.Headers;
        http.Response.OnStarting(() =>
        {
            headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";r={left}");
            headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{policy}\";q={most};w={Window.TotalSeconds}");
            return Task.CompletedTask;
        });
    }

    static Problem TooMany(RateLimitLease lease, string why)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : Window;
        return Problems.TooManyRequests.Because(why).With("Retry-After", Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    static PartitionedRateLimiter<string> Limiter(int most) => PartitionedRateLimiter.Create<string, string>(who => RateLimitPartition.GetFixedWindowLimiter(who,
        _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = Window, QueueLimit = 0 }));

    /// <summary>Of IPv6 the network: one household has more addresses than could be counted.</summary>
    static string Address(HttpContext http) => http.Connection.RemoteIpAddress switch
    {
        null => "nowhere",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } six => new IPAddress([.. six.GetAddressBytes().Take(8), .. new byte[8]]).ToString(),
        var address => address.ToString(),
    };

    public void Dispose()
    {
        _requests?.Dispose();
        _badKeys.Dispose();
    }
}
