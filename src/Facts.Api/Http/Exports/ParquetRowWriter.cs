using System.Buffers;
using Parquet;
using Parquet.Schema;

namespace Facts.Api.Http;

/// <summary>
/// Cells as Parquet, in row groups of bounded size: numbers as decimal(28,4), days as date, instants as timestamp in UTC to the microsecond. A set is text
/// joined by <c>;</c>, as in CSV, because not every reader of Parquet supports lists.
/// </summary>
internal sealed class ParquetRowWriter
{
    // Limit of one row group in memory: about ten megabytes.
    const int MaxRowsInGroup = 20_000;
    const int MaxCharactersInGroup = 8_000_000;

    readonly IReadOnlyList<IColumn> _columns;

    public ParquetRowWriter(IReadOnlyList<Column> columns) => _columns = [.. columns.Select(Make)];

    /// <param name="reader">The reader, at its first row if there is one.</param>
    /// <param name="more">True if there is a first row.</param>
    public async Task WriteAsync(RowReader reader, bool more, Stream to, CancellationToken cancel)
    {
        var schema = new ParquetSchema(_columns.Select(c => c.Field));
        await using var writer = await ParquetWriter.CreateAsync(schema, new Unflushed(to), cancellationToken: cancel);
        while (more)
        {
            var (rows, characters) = (0, 0L);
            for (; more && rows < MaxRowsInGroup && characters < MaxCharactersInGroup; rows++, more = await reader.NextAsync(cancel))
                for (var i = 0; i < _columns.Count; i++) characters += _columns[i].Add(reader, i);
            using var group = writer.CreateRowGroup();
            foreach (var column in _columns) await column.WriteAsync(group, cancel);
            await to.FlushAsync(cancel);
        }
    }

    static IColumn Make(Column column) => column.Kind switch
    {
        CellKind.Text => new Texts(column.Name, (reader, i) => reader.Text(i)),
        CellKind.Set => new Texts(column.Name, (reader, i) => string.Join(';', reader.Set(i))),
        CellKind.Nested => new Texts(column.Name, (reader, i) => reader.Nested(i)),
        CellKind.Whole => new Values<long>(new DataField(column.Name, typeof(long), isNullable: true), (reader, i) => reader.Whole(i)),
        CellKind.Number => new Values<decimal>(new DecimalDataField(column.Name, 28, 4, isNullable: true), (reader, i) => reader.Number(i)),
        CellKind.Flag => new Values<bool>(new DataField(column.Name, typeof(bool), isNullable: true), (reader, i) => reader.Flag(i)),
        CellKind.Day => new Values<DateOnly>(new DataField(column.Name, typeof(DateOnly), isNullable: true), (reader, i) => reader.Day(i)),
        CellKind.Instant => new Values<DateTime>(
            new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true),
            (reader, i) => reader.Instant(i)),
        _ => throw new ArgumentOutOfRangeException(nameof(column)),
    };

    /// <summary>A column's values of one row group.</summary>
    interface IColumn
    {
        DataField Field { get; }

        /// <summary>Adds the cell of the current row; returns its number of characters.</summary>
        int Add(RowReader reader, int column);

        /// <summary>Writes the added cells and clears them.</summary>
        Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancel);
    }

    sealed class Texts(string name, Func<RowReader, int, string> read) : IColumn
    {
        readonly List<string?> _values = [];

        public DataField Field { get; } = new(name, typeof(string), isNullable: true);

        public int Add(RowReader reader, int column)
        {
            var value = reader.IsNull(column) ? null : read(reader, column);
            _values.Add(value);
            return value?.Length ?? 0;
        }

        public async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            // The parameter is declared for texts without null, but nulls are accepted.
            await group.WriteAsync(Field, _values!, null);
            _values.Clear();
        }
    }

    sealed class Values<T>(DataField of, Func<RowReader, int, T> read) : IColumn where T : struct
    {
        readonly ArrayBufferWriter<T?> _values = new();

        public DataField Field => of;

        public int Add(RowReader reader, int column)
        {
            _values.GetSpan(1)[0] = reader.IsNull(column) ? null : read(reader, column);
            _values.Advance(1);
            return 0;
        }

        public async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancel)
        {
            await group.WriteAsync(Field, _values.WrittenMemory, null, null, cancel);
            _values.ResetWrittenCount();
        }
    }

    /// <summary>Ignores synchronous flushes: the Parquet library makes them, and a web server does not allow them.</summary>
    sealed class Unflushed(Stream to) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override Task FlushAsync(CancellationToken cancel) => to.FlushAsync(cancel);
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer, offset, count);
        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancel) => to.WriteAsync(buffer, offset, count, cancel);
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel = default) => to.WriteAsync(buffer, cancel);
    }
}
