using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Access;

/// <summary>
/// The format of a key: <c>fct_</c>, 32 random characters (190 bits), a checksum of 6. The checksum finds typing errors and random guesses without a look
/// into the store.
/// </summary>
internal static class ApiKeyFormat
{
    public const string Prefix = "fct_";

    const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const int RandomLength = 32;
    const int ChecksumLength = 6;

    public static string Make()
    {
        var random = RandomNumberGenerator.GetString(Alphabet, RandomLength);
        return Prefix + random + Checksum(random);
    }

    /// <summary>True if the prefix, the length and the checksum are right.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + RandomLength + ChecksumLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.EndsWith(Checksum(text[Prefix.Length..^ChecksumLength]), StringComparison.Ordinal);

    /// <summary>The hash that the store holds in place of the key. It needs no salt: nobody can try out 190 random bits.</summary>
    public static byte[] Sha256(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    static string Checksum(string random)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(random));
        return string.Concat(digest.Take(ChecksumLength).Select(octet => Alphabet[octet % Alphabet.Length]));
    }
}
