using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;
using NpgsqlTypes;

namespace Facts.Api.Database;

/// <summary>Binary COPY of mapped rows: the columns and their types are those of the model, so a column is named once.</summary>
internal static class Copy
{
    /// <summary>Writes all rows in one COPY, within the context's open transaction. Costs one round trip, whatever the number of rows.</summary>
    public static async Task CopyInAsync<TRow>(this FactsContext database, IReadOnlyCollection<TRow> rows, CancellationToken cancel) where TRow : class
    {
        if (rows.Count == 0) return;
        var entity = database.Model.FindEntityType(typeof(TRow))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var columns = entity.GetProperties().Where(p => p.GetValueGenerationStrategy() != NpgsqlValueGenerationStrategy.IdentityAlwaysColumn)
            .Select(p => (Name: p.GetColumnName(table)!, Type: TypeOf(p), Value: p.GetGetter(), Converter: p.GetTypeMapping().Converter)).ToList();
        var connection = (NpgsqlConnection)database.Database.GetDbConnection();
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        await using var writer = await connection.BeginBinaryImportAsync($"copy {table.Name} ({names}) from stdin (format binary)", cancel);
        foreach (var row in rows)
        {
            await writer.StartRowAsync(cancel);
            foreach (var (_, type, value, converter) in columns)
                if (value.GetClrValue(row) is { } given) await writer.WriteAsync(converter?.ConvertToProvider(given) ?? given, type, cancel);
                else await writer.WriteNullAsync(cancel);
        }
        await writer.CompleteAsync(cancel);
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
        "text[]" => NpgsqlDbType.Text | NpgsqlDbType.Array,
        "bigint[]" => NpgsqlDbType.Bigint | NpgsqlDbType.Array,
        "jsonb" => NpgsqlDbType.Jsonb,
        var type when type.StartsWith("numeric", StringComparison.Ordinal) => NpgsqlDbType.Numeric,
        var type => throw new NotSupportedException($"COPY of {property.Name}: no NpgsqlDbType for {type}"),
    };
}
