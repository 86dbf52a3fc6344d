using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Articles;

namespace Facts.Api.Claims;

/// <summary>What the rows of a load are called, over all of its chunks. Keeps some bytes a row, whatever the row says.</summary>
internal sealed class DuplicateRows
{
    Dictionary<Name, SeenRow> _named = [];
    Dictionary<Name, int> _equal = [];

    /// <summary>Forgets all: no more rows come.</summary>
    public void Clear() => (_named, _equal) = ([], []);

    /// <summary>The row before that has this name in the same article, and whether it says the same; null where there is none.</summary>
    public (int Row, bool IsEqual)? FindDuplicate(ArticleRow article, ClaimRow claim, int row)
    {
        var content = ulong.Parse(claim.Content.AsSpan(0, 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_named, Hash(article, claim.ExternalId), out var isThere);
        if (isThere) return (first.Row, first.Content == content);
        first = new(row, content);
        return null;
    }

    /// <summary>How many rows of the article, with this one, say the same and have no name.</summary>
    public int Equal(ArticleRow article, string content)
    {
        var key = Hash(article, content);
        return _equal[key] = _equal.GetValueOrDefault(key) + 1;
    }

    // Not by number: an article that the load brings has none until it is stored, and none at all where the load is refused.
    static Name Hash(ArticleRow article, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', article.ExternalId, article.ExternalId is null ? article.Url : null, name)), hash);
        return MemoryMarshal.Read<Name>(hash);
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    readonly record struct SeenRow(int Row, ulong Content);

    // Half a hash: more would make no difference, and a million of them are held.
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    readonly record struct Name(ulong High, ulong Low)
    {
        public override int GetHashCode() => unchecked((int)Low);
    }
}
