using System.Data;
using System.Data.Common;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Http;

/// <summary>
/// Reads rows from the database without making an object of each. It selects only the columns that are needed, and copies each value from the
/// connection to the file. Uses constant memory.
/// </summary>
internal sealed class DatabaseRowReader : RowReader
{
    // A caller may receive the rows slowly, so the whole query may take this long. Only the time without an answer of the database is limited.
    const string MaxDuration = "1h";

    readonly DbCommand _command;
    readonly NpgsqlDataReader _reader;

    DatabaseRowReader(DbCommand command, NpgsqlDataReader reader) => (_command, _reader) = (command, reader);

    /// <summary>Begins to read; null if a field cannot be selected in the database.</summary>
    /// <param name="rows">The query for the rows, filtered and sorted.</param>
    /// <param name="fields">The columns, in order.</param>
    public static async Task<DatabaseRowReader?> OpenAsync<TRow>(
        IQueryable<TRow> rows, IReadOnlyList<ListField<TRow>> fields, CancellationToken cancel) where TRow : class
    {
        if (!fields.All(IsPlain)) return null;
        var command = rows.Select(Values(fields)).CreateDbCommand();
        if (command.Connection!.State != ConnectionState.Open) await command.Connection.OpenAsync(cancel);
        if (command.Transaction is not null)
        {
            await using var longer = new NpgsqlCommand("select set_config('statement_timeout', @most, true)", (NpgsqlConnection)command.Connection,
                (NpgsqlTransaction)command.Transaction);
            longer.Parameters.AddWithValue("most", MaxDuration);
            await longer.ExecuteNonQueryAsync(cancel);
        }
        var reader = await BeginAsync(command, cancel);
        // The columns are those of the fields, in their order, unless two fields are the same column.
        if (reader.FieldCount == fields.Count) return new DatabaseRowReader(command, reader);
        await reader.DisposeAsync();
        await command.DisposeAsync();
        return null;
    }

    // The database has an hour. So a silence before the first row is a query that takes too long, and no sign of a database that is gone.
    static async Task<NpgsqlDataReader> BeginAsync(DbCommand command, CancellationToken cancel)
    {
        try
        {
            return (NpgsqlDataReader)await command.ExecuteReaderAsync(cancel);
        }
        catch (NpgsqlException silence) when (silence.InnerException is TimeoutException)
        {
            throw new ProblemException(ProblemExceptionHandler.TimedOut);
        }
    }

    static bool IsPlain<TRow>(ListField<TRow> field) => field.IsSet || (Nullable.GetUnderlyingType(field.ValueType) ?? field.ValueType) is var type
        && (type == typeof(string) || type == typeof(long) || type == typeof(int) || type == typeof(decimal) || type == typeof(bool) || type == typeof(DateOnly)
            || type == typeof(DateTimeOffset));

    static Expression<Func<TRow, object?[]>> Values<TRow>(IReadOnlyList<ListField<TRow>> fields)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return Expression.Lambda<Func<TRow, object?[]>>(
            Expression.NewArrayInit(typeof(object), fields.Select(f => Expression.Convert(ListQuery.Body(f, row), typeof(object)))), row);
    }

    public override ValueTask<bool> NextAsync(CancellationToken cancel) => new(_reader.ReadAsync(cancel));

    public override bool IsNull(int column) => _reader.IsDBNull(column);

    public override string Text(int column) => _reader.GetString(column);

    // The bytes as they came. A file of text needs no string of each cell.
    public override byte[] Utf8Text(int column) => _reader.GetFieldValue<byte[]>(column);

    public override long Whole(int column) => _reader.GetInt64(column);

    public override decimal Number(int column) => _reader.GetDecimal(column);

    public override bool Flag(int column) => _reader.GetBoolean(column);

    public override DateOnly Day(int column) => _reader.GetFieldValue<DateOnly>(column);

    public override DateTime Instant(int column) => _reader.GetDateTime(column);

    public override IReadOnlyList<string> Set(int column) => _reader.GetFieldValue<string[]>(column);

    public override void WriteNested(Utf8JsonWriter json, int column) => throw new NotSupportedException("nested values are read as objects");

    public override async ValueTask DisposeAsync()
    {
        await _reader.DisposeAsync();
        await _command.DisposeAsync();
    }
}
