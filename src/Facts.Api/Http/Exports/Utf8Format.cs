using System.Buffers;
using System.Globalization;

namespace Facts.Api.Http;

/// <summary>Formats values as UTF-8 bytes, in the spelling of <see cref="WireValue.Format"/>, without a text in between.</summary>
internal static class Utf8Format
{
    // Longer than any decimal or instant.
    const int MaxLength = 40;

    public static void Write(long value, IBufferWriter<byte> to)
    {
        value.TryFormat(to.GetSpan(MaxLength), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    /// <summary>Writes a number without the zeros that the scale of a database column adds: 20, not 20.0000.</summary>
    public static void Write(decimal value, IBufferWriter<byte> to)
    {
        var span = to.GetSpan(MaxLength);
        value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        if (span[..written].Contains((byte)'.')) written = span[..written].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
        to.Advance(written);
    }

    public static void Write(DateOnly value, IBufferWriter<byte> to)
    {
        value.TryFormat(to.GetSpan(MaxLength), out var written, "O", CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    public static void Write(DateTime utc, IBufferWriter<byte> to)
    {
        // A standard format takes a tenth of the time of a custom one, but writes all seven digits of a second.
        var span = to.GetSpan(MaxLength);
        DateTime.SpecifyKind(utc, DateTimeKind.Utc).TryFormat(span, out var written, "O", CultureInfo.InvariantCulture);
        var length = span[..(written - 1)].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
        span[length] = (byte)'Z';
        to.Advance(length + 1);
    }
}
