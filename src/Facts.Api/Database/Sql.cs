using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Database;

/// <summary>Reads an embedded <c>.sql</c> file by room and name, and runs it on the context's connection and transaction.</summary>
internal static class Sql
{
    static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>The SQLSTATE of an error of PostgreSQL, also if Entity Framework wraps it; null for any other error.</summary>
    public static string? StateOf(Exception failure) => (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState;

    /// <summary>The text of <c>Room/name.sql</c>.</summary>
    public static string Text(string room, string name) => Texts.GetOrAdd($"Facts.Api.{room}.{name}.sql", resource =>
    {
        using var stream = typeof(Sql).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"No embedded file {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>Makes a command on the context's connection and in its transaction. Opens the connection if needed.</summary>
    public static async Task<NpgsqlCommand> CommandAsync(this FactsContext database, string text, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await database.Database.OpenConnectionAsync(cancel);
        var command = new NpgsqlCommand(text, (NpgsqlConnection)database.Database.GetDbConnection(),
            database.Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction);
        if (database.Database.GetCommandTimeout() is { } seconds) command.CommandTimeout = seconds;
        command.Parameters.AddRange(parameters);
        return command;
    }

    /// <summary>Makes a batch, whose statements take one round trip, on the context's connection and in its transaction.</summary>
    public static async Task<NpgsqlBatch> BatchAsync(this FactsContext database, CancellationToken cancel)
    {
        await database.Database.OpenConnectionAsync(cancel);
        var batch = new NpgsqlBatch((NpgsqlConnection)database.Database.GetDbConnection(),
            database.Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction);
        if (database.Database.GetCommandTimeout() is { } seconds) batch.Timeout = seconds;
        return batch;
    }

    /// <summary>Adds a statement to a batch.</summary>
    public static void Add(this NpgsqlBatch batch, string text, params IEnumerable<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    /// <summary>A parameter for an array of texts; null is allowed.</summary>
    public static NpgsqlParameter ArrayParameter(string name, string[]? values) =>
        new(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = (object?)values ?? DBNull.Value };
}
