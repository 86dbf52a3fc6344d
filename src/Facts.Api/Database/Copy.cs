using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

namespace Facts.Api.Database;

/// <summary>
/// Writes mapped rows: many with binary COPY, few by statements. The columns and their types come from the model, so no column is named a second time here.
/// </summary>
internal static class Copy
{
    // Bytes that are sent in one write, at least.
    const int Piece = 32_768;

    static readonly ConcurrentDictionary<Type, object> Plans = new();

    /// <summary>Writes all rows in one COPY, within the context's open transaction. Costs one round trip, whatever the number of rows.</summary>
    public static async Task CopyInAsync<TRow>(this FactsContext database, IEnumerable<TRow> rows, CancellationToken cancel) where TRow : class
    {
        using var next = rows.GetEnumerator();
        if (!next.MoveNext()) return;
        database.RequireRoom();
        var plan = PlanOf<TRow>(database);
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        await using var stream = await connection.BeginRawBinaryCopyAsync(plan.Command, cancel);
        try
        {
            var buffer = new CopyBuffer();
            buffer.Begin();
            do
            {
                buffer.BeginRow(plan.Columns.Length);
                foreach (var column in plan.Columns) column.Write(buffer, next.Current);
                if (buffer.Bytes.Length < Piece) continue;
                await stream.WriteAsync(buffer.Bytes, cancel);
                buffer.Clear();
            }
            while (next.MoveNext());
            buffer.End();
            await stream.WriteAsync(buffer.Bytes, cancel);
        }
        catch
        {
            // Otherwise the rows so far would be stored.
            await stream.CancelAsync();
            throw;
        }
    }

    /// <summary>The statement that writes one row.</summary>
    public static NpgsqlBatchCommand Insertion<TRow>(this FactsContext database, TRow row) where TRow : class
    {
        database.RequireRoom();
        var plan = PlanOf<TRow>(database);
        var statement = new NpgsqlBatchCommand(plan.Insert);
        foreach (var column in plan.Columns) statement.Parameters.Add(column.Parameter(row));
        return statement;
    }

    static Plan<TRow> PlanOf<TRow>(FactsContext database) where TRow : class =>
        (Plan<TRow>)Plans.GetOrAdd(typeof(TRow), type => Plan<TRow>.Build(database.Model.FindEntityType(type)!));

    /// <summary>A column: its part in a COPY, and in a statement for one row.</summary>
    sealed record Column<TRow>(Action<CopyBuffer, TRow> Write, Func<TRow, NpgsqlParameter> Parameter);

    /// <summary>
    /// The COPY command and the insertion of a row type, with its columns. Values are written without boxing: an import writes fifty columns for each row,
    /// and boxes would be a third of its garbage.
    /// </summary>
    sealed record Plan<TRow>(string Command, string Insert, Column<TRow>[] Columns)
    {
        public static Plan<TRow> Build(IEntityType entity)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var properties = entity.GetProperties().Where(p => p.GetValueGenerationStrategy() != NpgsqlValueGenerationStrategy.IdentityAlwaysColumn).ToList();
            var names = string.Join(", ", properties.Select(p => $"\"{p.GetColumnName(table)}\""));
            var places = string.Join(", ", properties.Select((_, i) => $"${i + 1}"));
            return new($"copy {table.Name} ({names}) from stdin (format binary)", $"insert into {table.Name} ({names}) values ({places})",
                [.. properties.Select(Column)]);
        }

        static Column<TRow> Column(IProperty property)
        {
            var (buffer, row) = (Expression.Parameter(typeof(CopyBuffer)), Expression.Parameter(typeof(TRow)));
            var value = property.GetTypeMapping().Converter is { } converter
                ? Expression.Invoke(converter.ConvertToProviderExpression, Expression.Property(row, property.PropertyInfo!))
                : (Expression)Expression.Property(row, property.PropertyInfo!);
            var type = TypeOf(property);
            var given = Expression.Variable(value.Type);
            var isOptional = Nullable.GetUnderlyingType(value.Type) is not null;
            var write = Expression.Call(buffer, type == NpgsqlDbType.Jsonb ? nameof(CopyBuffer.WriteJson) : nameof(CopyBuffer.Write), null,
                isOptional ? Expression.Property(given, "Value") : given);
            Expression writeGiven = value.Type.IsValueType && !isOptional ? write : Expression.IfThenElse(
                Expression.Equal(given, Expression.Constant(null, value.Type)), Expression.Call(buffer, nameof(CopyBuffer.WriteNull), null), write);
            var cell = Expression.Block([given], Expression.Assign(given, value), writeGiven);
            return new(
                Expression.Lambda<Action<CopyBuffer, TRow>>(cell, buffer, row).Compile(), ParameterOf(Expression.Lambda(value, row), type));
        }

        static Func<TRow, NpgsqlParameter> ParameterOf(LambdaExpression value, NpgsqlDbType type)
        {
            var (method, argument) = Nullable.GetUnderlyingType(value.ReturnType) is { } optional ? (nameof(Optional), optional)
                : (value.ReturnType.IsValueType ? nameof(Value) : nameof(Reference), value.ReturnType);
            return (Func<TRow, NpgsqlParameter>)typeof(Plan<TRow>).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(argument).Invoke(null, [value.Compile(), type])!;
        }

        static Func<TRow, NpgsqlParameter> Reference<T>(Func<TRow, T?> get, NpgsqlDbType type) where T : class =>
            row => get(row) is { } given ? Given(given, type) : Null(type);

        static Func<TRow, NpgsqlParameter> Optional<T>(Func<TRow, T?> get, NpgsqlDbType type) where T : struct =>
            row => get(row) is { } given ? Given(given, type) : Null(type);

        static Func<TRow, NpgsqlParameter> Value<T>(Func<TRow, T> get, NpgsqlDbType type) where T : struct => row => Given(get(row), type);

        static NpgsqlParameter Given<T>(T value, NpgsqlDbType type) => new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

        static NpgsqlParameter Null(NpgsqlDbType type) => new() { Value = DBNull.Value, NpgsqlDbType = type };
    }

    static NpgsqlDbType TypeOf(IProperty property) => property.GetColumnType() switch
    {
        "bigint" => NpgsqlDbType.Bigint,
        "integer" => NpgsqlDbType.Integer,
        "boolean" => NpgsqlDbType.Boolean,
        "date" => NpgsqlDbType.Date,
        "timestamp with time zone" => NpgsqlDbType.TimestampTz,
        "text" => NpgsqlDbType.Text,
        "bytea" => NpgsqlDbType.Bytea,
        "uuid" => NpgsqlDbType.Uuid,
        "text[]" => NpgsqlDbType.Text | NpgsqlDbType.Array,
        "bigint[]" => NpgsqlDbType.Bigint | NpgsqlDbType.Array,
        "date[]" => NpgsqlDbType.Date | NpgsqlDbType.Array,
        "numeric[]" => NpgsqlDbType.Numeric | NpgsqlDbType.Array,
        "jsonb" => NpgsqlDbType.Jsonb,
        var type when type.StartsWith("numeric", StringComparison.Ordinal) => NpgsqlDbType.Numeric,
        var type => throw new NotSupportedException($"COPY of {property.Name}: no NpgsqlDbType for {type}"),
    };
}
