using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Articles;

namespace Facts.Api.Claims;

/// <summary>Finds rows of an import that repeat an earlier row, in any batch. Takes about 40 bytes a row, whatever its size.</summary>
internal sealed class DuplicateRows
{
    // In parts, because a dictionary that grows holds all its rows twice for a moment.
    readonly Dictionary<Name, SeenRow>[] _named = [.. Enumerable.Range(0, 256).Select(_ => new Dictionary<Name, SeenRow>())];
    readonly Dictionary<Name, int> _equal = [];

    /// <summary>The earlier row with the same external id in the same article, and whether its content is equal; null if there is none.</summary>
    public (int Row, bool IsEqual)? FindDuplicate(ArticleRow article, ClaimRow claim, int row)
    {
        var content = ulong.Parse(claim.Content.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var name = Hash(article, claim.ExternalId);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_named[(int)(name.High % 256)], name, out var isThere);
        if (isThere) return (first.Row, first.Content == content);
        first = new(row, content);
        return null;
    }

    /// <summary>Counts the rows of an article with equal content and no external id, up to this one: 2 for the second.</summary>
    public int CountEqual(ArticleRow article, string content)
    {
        var key = Hash(article, content);
        return _equal[key] = _equal.GetValueOrDefault(key) + 1;
    }

    // Not by the article's id: a new article has none until it is stored, and never gets one if the import is refused.
    static Name Hash(ArticleRow article, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', article.ExternalId, article.ExternalId is null ? article.Url : null, name)), hash);
        return MemoryMarshal.Read<Name>(hash);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    readonly record struct SeenRow(int Row, ulong Content);

    // Half a SHA-256: a collision among a million rows is still out of the question, and it halves the memory.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    readonly record struct Name(ulong High, ulong Low)
    {
        public override int GetHashCode() => unchecked((int)Low);
    }
}
