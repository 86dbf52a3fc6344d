using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Access;
using Facts.Api.Http;

namespace Facts.Api.Idempotency;

/// <summary>The <c>Idempotency-Key</c> of a request, as it is stored: good for one caller and one path.</summary>
internal sealed record IdempotencyKey(byte[] Id)
{
    public const string Header = "Idempotency-Key";

    const int Longest = 255;

    /// <summary>What the lock of the key is taken on. Two keys that share it wait for nothing: one of them is told that it is still running.</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Id);

    /// <summary>The key, or why it is none; both null where none was sent.</summary>
    public static (IdempotencyKey? Key, Problem? Problem) Read(HttpContext http)
    {
        var sent = http.Request.Headers[Header];
        if (sent.Count == 0) return (null, null);
        if (sent is not [{ } text]) return (null, Refusal($"{Header} was sent {sent.Count} times; send one", null));
        if (text.Length is 0 or > Longest || text.Any(c => c is < '!' or > '~'))
            return (null, Refusal($"{Header} takes 1 to {Longest} visible characters, such as a UUID; this one has {text.Length}", text));
        var scope = string.Join('\n', SentCredential.Caller(http), http.Request.PathBase + http.Request.Path, text);
        return (new(SHA256.HashData(Encoding.UTF8.GetBytes(scope))), null);
    }

    static Problem Refusal(string message, string? value) => Problems.BadRequest.At(ProblemError.InQuery(Problems.BadRequest, Header, message, value));
}
