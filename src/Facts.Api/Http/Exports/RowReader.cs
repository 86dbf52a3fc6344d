using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Reads rows one after another and the current row cell by cell. Ask whether a cell is null, then for the kind of value of its column.</summary>
internal abstract class RowReader : IAsyncDisposable
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public abstract ValueTask<bool> NextAsync(CancellationToken cancel);

    public abstract bool IsNull(int column);
    public abstract string Text(int column);

    /// <summary>The text in a cell as UTF-8.</summary>
    public virtual byte[] Utf8Text(int column) => Encoding.UTF8.GetBytes(Text(column));

    public abstract long Whole(int column);
    public abstract decimal Number(int column);
    public abstract bool Flag(int column);
    public abstract DateOnly Day(int column);

    /// <summary>The moment in a cell, in UTC.</summary>
    public abstract DateTime Instant(int column);

    public abstract IReadOnlyList<string> Set(int column);

    /// <summary>Writes the nested value of a cell as JSON.</summary>
    public abstract void WriteNested(Utf8JsonWriter json, int column);

    /// <summary>The nested value of a cell as JSON text.</summary>
    public string Nested(int column)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Options.Encoder })) WriteNested(json, column);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public abstract ValueTask DisposeAsync();
}
