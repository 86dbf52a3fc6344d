using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

namespace Facts.Api.Database;

/// <summary>Writes mapped rows with binary COPY. The columns and their types come from the model, so no column is named a second time here.</summary>
internal static class Copy
{
    static readonly ConcurrentDictionary<Type, object> Plans = new();

    /// <summary>Writes all rows in one COPY, within the context's open transaction. Costs one round trip, whatever the number of rows.</summary>
    public static async Task CopyInAsync<TRow>(this FactsContext database, IEnumerable<TRow> rows, CancellationToken cancel) where TRow : class
    {
        using var next = rows.GetEnumerator();
        if (!next.MoveNext()) return;
        database.RequireRoom();
        var plan = (Plan<TRow>)Plans.GetOrAdd(typeof(TRow), type => Plan<TRow>.Build(database.Model.FindEntityType(type)!));
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync(plan.Command, cancel);
        do
        {
            await writer.StartRowAsync(cancel);
            foreach (var write in plan.Columns) await write(writer, next.Current, cancel);
        }
        while (next.MoveNext());
        await writer.CompleteAsync(cancel);
    }

    delegate Task Cell<TRow>(NpgsqlBinaryImporter writer, TRow row, CancellationToken cancel);

    /// <summary>
    /// The COPY command of a row type and the writer of each of its columns. Values are written without boxing: an import writes fifty columns for each row,
    /// and boxes would be a third of its garbage.
    /// </summary>
    sealed record Plan<TRow>(string Command, Cell<TRow>[] Columns)
    {
        public static Plan<TRow> Build(IEntityType entity)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var properties = entity.GetProperties().Where(p => p.GetValueGenerationStrategy() != NpgsqlValueGenerationStrategy.IdentityAlwaysColumn).ToList();
            var names = string.Join(", ", properties.Select(p => $"\"{p.GetColumnName(table)}\""));
            return new($"copy {table.Name} ({names}) from stdin (format binary)", [.. properties.Select(Column)]);
        }

        static Cell<TRow> Column(IProperty property)
        {
            var row = Expression.Parameter(typeof(TRow));
            var value = property.GetTypeMapping().Converter is { } converter
                ? Expression.Invoke(converter.ConvertToProviderExpression, Expression.Property(row, property.PropertyInfo!))
                : (Expression)Expression.Property(row, property.PropertyInfo!);
            var (method, argument) = Nullable.GetUnderlyingType(value.Type) is { } type ? (nameof(Optional), type)
                : (value.Type.IsValueType ? nameof(Value) : nameof(Reference), value.Type);
            return (Cell<TRow>)typeof(Plan<TRow>).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(argument).Invoke(null, [Expression.Lambda(value, row).Compile(), TypeOf(property)])!;
        }

        static Cell<TRow> Reference<T>(Func<TRow, T?> get, NpgsqlDbType type) where T : class =>
            (writer, row, cancel) => get(row) is { } given ? writer.WriteAsync(given, type, cancel) : writer.WriteNullAsync(cancel);

        static Cell<TRow> Optional<T>(Func<TRow, T?> get, NpgsqlDbType type) where T : struct =>
            (writer, row, cancel) => get(row) is { } given ? writer.WriteAsync(given, type, cancel) : writer.WriteNullAsync(cancel);

        static Cell<TRow> Value<T>(Func<TRow, T> get, NpgsqlDbType type) where T : struct =>
            (writer, row, cancel) => writer.WriteAsync(get(row), type, cancel);
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
