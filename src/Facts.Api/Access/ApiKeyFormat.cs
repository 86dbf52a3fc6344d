using System.Security.Cryptography;
using System.Text;

namespace Facts.Api.Access;

/// <summary>The text of a key: <c>fct_</c>, 190 random bits, and a checksum by which scanners and typing errors are told without asking the store.</summary>
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

    /// <summary>Whether a text has the form of a key made here.</summary>
    public static bool IsWellFormed(string text) =>
        text.Length == Prefix.Length + RandomLength + ChecksumLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.EndsWith(Checksum(text[Prefix.Length..^ChecksumLength]), StringComparison.Ordinal);

    /// <summary>What is kept of it, since the key cannot be had from it.</summary>
    public static byte[] Sha256(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    static string Checksum(string random)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(random));
        return string.Concat(digest.Take(ChecksumLength).Select(part => Alphabet[part % Alphabet.Length]));
    }
}
