using System.Security.Cryptography;
using System.Text;

namespace Facts;

/// <summary>
/// The key of a fact that exactly one claim reports. It is a hash of the claim's article and external id, so no other claim has it by chance.
/// </summary>
public static class StandaloneKey
{
    const string Prefix = "claim:";

    /// <summary>Makes the key: <c>claim:</c> and the first 16 bytes of a SHA-256 in hex.</summary>
    /// <param name="article">External id of the article, or else its url.</param>
    /// <param name="externalId">External id of the claim.</param>
    public static string Create(string article, string externalId) =>
        Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(article + '\u001f' + externalId)).AsSpan(0, 16));

    /// <summary>True if the claim has its own standalone key. Then corroboration leaves it out.</summary>
    internal static bool IsGivenTo(Claim claim) =>
        FactDraft.KeyOf(claim) is { } key && key.StartsWith(Prefix, StringComparison.Ordinal) && key == Create(claim.Article.Name, claim.ExternalId);
}
