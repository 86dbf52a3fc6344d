using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>What a cell of a column holds, for whoever writes it.</summary>
internal enum CellKind { Text, Whole, Number, Flag, Day, Instant, Set, Nested }

/// <summary>A column of a file of rows.</summary>
internal sealed record Column(string Name, CellKind Kind)
{
    public static Column Of<TRow>(ListField<TRow> field) => new(field.Name, field.IsSet ? CellKind.Set : field.Type.Kind switch
    {
        WireKind.Text or WireKind.Word => CellKind.Text,
        WireKind.Whole => CellKind.Whole,
        WireKind.Number => CellKind.Number,
        WireKind.Flag => CellKind.Flag,
        WireKind.Day => CellKind.Day,
        WireKind.Instant => CellKind.Instant,
        WireKind.Nested => CellKind.Nested,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    });
}

/// <summary>Rows one after another, of which the present one is read cell by cell. A cell is asked whether it is null, then for its column's kind of value.</summary>
internal abstract class RowReader : IAsyncDisposable
{
    /// <summary>Goes to the next row; false after the last.</summary>
    public abstract ValueTask<bool> NextAsync(CancellationToken cancellationToken);

    public abstract bool IsNull(int column);
    public abstract string Text(int column);
    public abstract long Whole(int column);
    public abstract decimal Number(int column);
    public abstract bool Flag(int column);
    public abstract DateOnly Day(int column);

    /// <summary>In UTC.</summary>
    public abstract DateTime Instant(int column);

    public abstract IReadOnlyList<string> Set(int column);

    /// <summary>As JSON.</summary>
    public abstract void WriteNested(Utf8JsonWriter json, int column);

    /// <summary>As JSON in a text.</summary>
    public string Nested(int column)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Options.Encoder })) WriteNested(json, column);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Rows held in memory, some at a time.</summary>
/// <param name="batches">Each with the fields that read it: what is nested in a row is read for many at once.</param>
internal sealed class MemoryRowReader<TRow>(IAsyncEnumerable<(IReadOnlyList<ListField<TRow>> Fields, IReadOnlyList<TRow> Rows)> batches) : RowReader
{
    IAsyncEnumerator<(IReadOnlyList<ListField<TRow>> Fields, IReadOnlyList<TRow> Rows)>? _batches;
    IReadOnlyList<ListField<TRow>> _fields = [];
    IReadOnlyList<TRow> _rows = [];
    int _row;
    object? _value;

    public MemoryRowReader(IReadOnlyList<ListField<TRow>> fields, IReadOnlyList<TRow> rows) : this(One(fields, rows)) { }

    static async IAsyncEnumerable<(IReadOnlyList<ListField<TRow>>, IReadOnlyList<TRow>)> One(IReadOnlyList<ListField<TRow>> fields, IReadOnlyList<TRow> rows)
    {
        await Task.CompletedTask;
        yield return (fields, rows);
    }

    public override async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        _row++;
        while (_row >= _rows.Count)
        {
            _batches ??= batches.GetAsyncEnumerator(cancellationToken);
            if (!await _batches.MoveNextAsync()) return false;
            (_fields, _rows, _row) = (_batches.Current.Fields, _batches.Current.Rows, 0);
        }
        return true;
    }

    public override bool IsNull(int column) => (_value = _fields[column].Get(_rows[_row])) is null;

    public override string Text(int column) => WireValue.Format(_value)!;

    public override long Whole(int column) => Convert.ToInt64(_value, CultureInfo.InvariantCulture);

    public override decimal Number(int column) => (decimal)_value!;

    public override bool Flag(int column) => (bool)_value!;

    public override DateOnly Day(int column) => (DateOnly)_value!;

    public override DateTime Instant(int column) => ((DateTimeOffset)_value!).UtcDateTime;

    public override IReadOnlyList<string> Set(int column) => _value as IReadOnlyList<string> ?? [.. (IEnumerable<string>)_value!];

    public override void WriteNested(Utf8JsonWriter json, int column) => JsonRowSerializer.WriteNested(json, _fields[column], _value!);

    public override ValueTask DisposeAsync() => _batches?.DisposeAsync() ?? ValueTask.CompletedTask;
}
