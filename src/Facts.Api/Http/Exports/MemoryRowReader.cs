using System.Globalization;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>Reads rows that are held in memory, one batch at a time.</summary>
/// <param name="batches">Batches of rows with the fields that read them. Nested values are read for a whole batch at once.</param>
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

    public override async ValueTask<bool> NextAsync(CancellationToken cancel)
    {
        _row++;
        while (_row >= _rows.Count)
        {
            _batches ??= batches.GetAsyncEnumerator(cancel);
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
