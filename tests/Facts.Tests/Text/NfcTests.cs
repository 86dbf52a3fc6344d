using System.Globalization;
using System.Text;

namespace Facts.Tests;

/// <summary>Normalisation compared with an extract of Unicode's own NormalizationTest.txt. The head of that file names its origin.</summary>
public sealed class NfcTests
{
    static readonly IReadOnlyList<(string Part, string Source, string Nfc, string Nfd)> Lines = Read();

    [Fact]
    public void Every_line_of_the_test_file_of_Unicode_is_composed_as_it_says() => Assert.All(Lines, line =>
    {
        Assert.Equal(line.Nfc, Nfc.Normalize(line.Source));
        Assert.Equal(line.Nfc, Nfc.Normalize(line.Nfc));
        Assert.Equal(line.Nfc, Nfc.Normalize(line.Nfd));
    });

    /// <summary>Part 1 of the file lists every other character on its own.</summary>
    [Fact]
    public void A_character_that_the_test_file_does_not_list_stays_as_it_is()
    {
        var listed = Lines.Where(l => l.Part == "@Part1").Select(l => l.Source).ToHashSet(StringComparer.Ordinal);
        for (var point = 0; point <= 0x10FFFF; point++)
            if (Rune.IsValid(point) && char.ConvertFromUtf32(point) is var text && !listed.Contains(text) && Nfc.Normalize(text) != text)
                Assert.Fail($"U+{point:X4} became {string.Join(' ', Nfc.Normalize(text).EnumerateRunes().Select(r => $"{r.Value:X4}"))}");
    }

    static List<(string Part, string Source, string Nfc, string Nfd)> Read()
    {
        var lines = new List<(string, string, string, string)>();
        var part = "";
        using var reader = new StreamReader(typeof(NfcTests).Assembly.GetManifestResourceStream("NormalizationTest.txt")!);
        while (reader.ReadLine() is { } line)
            if (line.StartsWith('@')) part = line;
            else if (line.Length > 0 && line[0] != '#' && line.Split(';') is [var source, var nfc, var nfd, ..])
                lines.Add((part, Text(source), Text(nfc), Text(nfd)));
        return lines;

        static string Text(string points) =>
            string.Concat(points.Split(' ').Select(p => char.ConvertFromUtf32(int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
    }
}
