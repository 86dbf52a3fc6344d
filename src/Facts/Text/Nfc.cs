using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Facts;

/// <summary>
/// Unicode normalisation form C (NFC). <c>string.Normalize</c> needs ICU, and under <c>InvariantGlobalization</c> it returns text unchanged.
/// Directory.Build.props says why the setting stays. Delete this class and its table when the runtime normalises without ICU.
/// </summary>
public static class Nfc
{
    // Hangul syllables are composed by arithmetic: The Unicode Standard, section 3.12.
    const int SBase = 0xAC00, LBase = 0x1100, VBase = 0x1161, TBase = 0x11A7, LCount = 19, VCount = 21, TCount = 28, SCount = LCount * VCount * TCount;

    // Text of characters below the first combining mark is in NFC already.
    const char FirstMark = '\u0300';

    static readonly Lazy<Tables> Data = new(Read);

    sealed record Tables(Dictionary<int, int[]> Decompositions, Dictionary<(int, int), int> Compositions, Dictionary<int, int> Classes);

    /// <summary>Returns the text in NFC. The text must have no unpaired surrogate.</summary>
    public static string Normalize(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstMark - 1))) return text;
        var data = Data.Value;
        var points = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes()) Decompose(data, rune.Value, points);
        Order(data, points);
        Compose(data, points);
        var built = new StringBuilder(text.Length);
        foreach (var point in points) built.Append(char.ConvertFromUtf32(point));
        return built.ToString();
    }

    static void Decompose(Tables data, int point, List<int> into)
    {
        if (point - SBase is >= 0 and < SCount and var s)
        {
            into.Add(LBase + s / (VCount * TCount));
            into.Add(VBase + s % (VCount * TCount) / TCount);
            if (s % TCount != 0) into.Add(TBase + s % TCount);
        }
        else if (data.Decompositions.TryGetValue(point, out var parts))
            foreach (var part in parts) Decompose(data, part, into);
        else
            into.Add(point);
    }

    /// <summary>Sorts each run of combining marks by combining class. Marks of one class keep their order.</summary>
    static void Order(Tables data, List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            if (Class(data, points[start]) == 0) continue;
            var end = start;
            while (end < points.Count && Class(data, points[end]) != 0) end++;
            var run = points[start..end].OrderBy(p => Class(data, p)).ToList();
            for (var i = 0; i < run.Count; i++) points[start + i] = run[i];
            start = end;
        }
    }

    static void Compose(Tables data, List<int> points)
    {
        int starter = -1, lastClass = 0, length = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var (point, ownClass) = (points[i], Class(data, points[i]));
            // A mark composes with its starter unless a mark of an equal or higher class is between them.
            var isNext = starter >= 0 && length == starter + 1;
            if (starter >= 0 && (isNext || lastClass < ownClass && lastClass != 0) && Pair(data, points[starter], point) is { } one)
            {
                points[starter] = one;
                continue;
            }
            if (ownClass == 0) starter = length;
            lastClass = ownClass;
            points[length++] = point;
        }
        points.RemoveRange(length, points.Count - length);
    }

    static int? Pair(Tables data, int first, int second)
    {
        if (first - LBase is >= 0 and < LCount and var l && second - VBase is >= 0 and < VCount and var v) return SBase + (l * VCount + v) * TCount;
        if (first - SBase is >= 0 and < SCount and var s && s % TCount == 0 && second - TBase is > 0 and < TCount and var t) return first + t;
        return data.Compositions.TryGetValue((first, second), out var one) ? one : null;
    }

    static int Class(Tables data, int point) => point < FirstMark ? 0 : data.Classes.GetValueOrDefault(point);

    static Tables Read()
    {
        var tables = new Tables([], [], []);
        using var lines = new StreamReader(new DeflateStream(new MemoryStream(Convert.FromBase64String(NfcTable.Deflated)), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            var mark = line.IndexOfAny(['=', '>', '#']);
            var point = Hex(line[..mark]);
            int[] rest = [.. line[(mark + 1)..].Split(' ').Select(Hex)];
            if (line[mark] == '#')
                for (var i = 0; i < rest[0]; i++) tables.Classes[point + i] = rest[1];
            else
                tables.Decompositions[point] = rest;
            if (line[mark] == '=') tables.Compositions[(rest[0], rest[1])] = point;
        }
        return tables;
    }

    static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
