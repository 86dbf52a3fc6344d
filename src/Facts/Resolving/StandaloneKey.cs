using System.Security.Cryptography;
using System.Text;

namespace Facts;

/// <summary>The key of a fact that one claim alone reports: made of the claim's own names, so that nobody else's claim has it by chance.</summary>
public static class StandaloneKey
{
    const string Space = "claim:";

    /// <param name="article">Its external id, else its url.</param>
    /// <param name="externalId">The claim's.</param>
    public static string Create(string article, string externalId) =>
        Space + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(article + '\u001f' + externalId)).AsSpan(0, 16));

    /// <summary>Whether the claim is about the fact that it alone reports: then it is no report of anything else.</summary>
    internal static bool IsGivenTo(Claim claim) =>
        FactDraft.KeyOf(claim) is { } key && key.StartsWith(Space, StringComparison.Ordinal) && key == Create(claim.Article.Name, claim.ExternalId);
}
