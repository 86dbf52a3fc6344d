using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Access;
using Facts.Api.Http;

namespace Facts.Api.Idempotency;

/// <summary>The <c>Idempotency-Key</c> of a request, as it is stored: valid for one caller and one path.</summary>
internal sealed record IdempotencyKey(byte[] Id)
{
    public const string Header = "Idempotency-Key";

    const int MaxLength = 255;

    /// <summary>Number of the advisory lock of the key. Two keys that share a number do not wait: one of them gets <c>idempotency_in_progress</c>.</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Id);

    /// <summary>The key, or the problem with it; both null if none was sent.</summary>
    public static (IdempotencyKey? Key, Problem? Problem) Read(HttpContext http)
    {
        var sent = http.Request.Headers[Header];
        if (sent.Count == 0) return (null, null);
        if (sent is not [{ } text]) return (null, Refusal($"{Header} was sent {sent.Count} times; send one", null));
        if (text.Length is 0 or > MaxLength || text.Any(c => c is < '!' or > '~'))
            return (null, Refusal($"{Header} takes 1 to {MaxLength} visible characters, such as a UUID; this one has {text.Length}", text));
        var scope = string.Join('\n', SentCredential.Caller(http), http.Request.PathBase + http.Request.Path, text);
        return (new(SHA256.HashData(Encoding.UTF8.GetBytes(scope))), null);
    }

    static Problem Refusal(string message, string? value) => Problems.BadRequest.At(ProblemError.InQuery(Problems.BadRequest, Header, message, value));
}
