using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>Checks, block by block, that a file is UTF-8 and that its lines are not too long. Costs one pass over each block and no memory.</summary>
/// <param name="isInLines">False for a JSON array, which may be one line.</param>
internal sealed class Utf8LineChecker(bool isInLines)
{
    /// <summary>1 MiB: a hundred times the longest claim that validation lets through.</summary>
    public const int LongestLine = 1 << 20;

    long _length;

    /// <summary>The current line, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Returns the first block unchanged, unless it looks like UTF-16.</summary>
    public static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> block) => block switch
    {
        [0xFF, 0xFE, ..] or [not 0, 0, ..] => throw Encoding(1, "it looks like UTF-16 (little endian)"),
        [0xFE, 0xFF, ..] or [0, not 0, ..] => throw Encoding(1, "it looks like UTF-16 (big endian)"),
        _ => block,
    };

    /// <summary>Number of bytes at the end of a block that begin a character and do not complete it.</summary>
    public static int Cut(ReadOnlySpan<byte> block)
    {
        for (var k = 1; k <= Math.Min(3, block.Length); k++)
        {
            var b = block[^k];
            if ((b & 0xC0) == 0x80) continue;
            return (b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1) > k ? k : 0;
        }
        return 0;
    }

    /// <summary>Checks the next block, which has only complete characters.</summary>
    public void Take(ReadOnlySpan<byte> block)
    {
        if (!Utf8.IsValid(block)) throw Encoding(Line + block[..Valid(block)].Count((byte)'\n'), "it looks like Latin-1 (Windows-1252)");
        for (; block.IndexOf((byte)'\n') is >= 0 and var end; block = block[(end + 1)..])
        {
            if (isInLines && _length + end > LongestLine) throw TooLong(Line);
            (_length, Line) = (0, Line + 1);
        }
        _length += block.Length;
        if (isInLines && _length > LongestLine) throw TooLong(Line);
    }

    /// <summary>The exception for a line, a CSV record or an array element that is too long.</summary>
    public static ProblemException TooLong(long line) => new(Problems.BodyTooLarge.At(new()
    {
        Code = "",
        Row = (int)Math.Min(line, int.MaxValue),
        Message = string.Create(CultureInfo.InvariantCulture,
            $"the row that begins at line {line} is longer than {LongestLine:N0} bytes; a quote may not be closed"),
    }));

    static ProblemException Encoding(long line, string guess) => new(Problems.WrongEncoding.At(new()
    {
        Code = "",
        Row = (int)Math.Min(line, int.MaxValue),
        Message = $"the file is not UTF-8: {guess}, at line {line}; save it as UTF-8 and send it again",
    }));

    static int Valid(ReadOnlySpan<byte> block)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(block[at..], out _, out var length) == System.Buffers.OperationStatus.Done) at += length;
        return at;
    }
}
