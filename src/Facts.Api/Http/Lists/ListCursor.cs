using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>
/// The place after a row: the values that the row is sorted by, with a hash of them and of their query. The hash detects a cursor that was cut,
/// changed or taken from another query. It is not a secret, because a cursor shows nothing that its list does not.
/// </summary>
internal static class ListCursor
{
    const int SealLength = 12;

    /// <param name="query">The path, filters and sort that the cursor is good for.</param>
    /// <param name="values">The values of the sort fields; the key comes last.</param>
    public static string Write(string query, IEnumerable<object?> values)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(values.Select(WireValue.Format).ToList(), Json.Options);
        return Base64Url.EncodeToString([.. Seal(query, payload), .. payload]);
    }

    /// <summary>The values, of the given types; null if the cursor belongs to another query.</summary>
    public static IReadOnlyList<object?>? Read(string cursor, string query, IReadOnlyList<WireType> types)
    {
        if (!Base64Url.IsValid(cursor)) return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        // Padding and spaces are decoded to nothing.
        if (Base64Url.EncodeToString(bytes) != cursor) return null;
        if (bytes.Length <= SealLength || !CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, SealLength), Seal(query, bytes.AsSpan(SealLength))))
            return null;
        var texts = JsonSerializer.Deserialize<List<string?>>(bytes.AsSpan(SealLength), Json.Options)!;
        var values = texts.Zip(types, (text, type) => text is null ? null : WireValue.Parse(text, type)).ToList();
        return texts.Count == types.Count && !values.Where((v, i) => v is null != texts[i] is null).Any() ? values : null;
    }

    static byte[] Seal(string query, ReadOnlySpan<byte> payload) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(query), 0, .. payload]).AsSpan(0, SealLength).ToArray();
}
