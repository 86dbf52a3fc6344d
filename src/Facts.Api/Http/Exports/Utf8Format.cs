using System.Buffers;
using System.Globalization;

namespace Facts.Api.Http;

/// <summary>Values as <see cref="WireValue.Format"/> spells them, straight into bytes.</summary>
internal static class Utf8Format
{
    // Longer than any decimal or instant.
    const int MaxLength = 40;

    public static void Write(long value, IBufferWriter<byte> to)
    {
        value.TryFormat(to.GetSpan(MaxLength), out var written, default, CultureInfo.InvariantCulture);
        to.Advance(written);
    }

    /// <summary>Without the zeros that a column's scale adds: 20, not 20.0000.</summary>
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
        utc.TryFormat(to.GetSpan(MaxLength), out var written, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        to.Advance(written);
    }
}
