using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Statements that are sent together and take one round trip. Each runs after the one before it and sees what that one did. A write of one claim has about
/// forty statements, and a round trip costs both sides more than most of them.
/// </summary>
internal sealed class RoundTrip(FactsContext database)
{
    /// <summary>Rows of a table that are inserted one by one. More of them take a COPY, which is faster from then on and has round trips of its own.</summary>
    const int MostInserted = 20;

    readonly List<NpgsqlBatchCommand> _statements = [];
    readonly List<Action<NpgsqlDataReader>> _readers = [];

    /// <summary>Sends some statements by themselves.</summary>
    /// <param name="database">The store.</param>
    /// <param name="add">Adds the statements.</param>
    /// <param name="cancel">Ends the statements.</param>
    /// <returns>The result of <paramref name="add"/>, once the statements have been sent.</returns>
    public static async Task<T> SendAsync<T>(FactsContext database, Func<RoundTrip, T> add, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        var asked = add(trip);
        await trip.SendAsync(cancel);
        return asked;
    }

    /// <summary>Sends some statements by themselves, which answer nothing.</summary>
    public static Task SendAsync(FactsContext database, Action<RoundTrip> add, CancellationToken cancel)
    {
        var trip = new RoundTrip(database);
        add(trip);
        return trip.SendAsync(cancel);
    }

    /// <summary>Adds a statement that returns no rows.</summary>
    public void Add(string text, params IEnumerable<NpgsqlParameter> parameters)
    {
        var statement = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters) statement.Parameters.Add(parameter);
        _statements.Add(statement);
    }

    /// <summary>Adds a query.</summary>
    /// <returns>Its rows, which are in the list once the statements have been sent.</returns>
    public List<T> Ask<T>(string text, Func<NpgsqlDataReader, T> read, params IEnumerable<NpgsqlParameter> parameters)
    {
        var rows = new List<T>();
        Read(text, reader => rows.Add(read(reader)), parameters);
        return rows;
    }

    /// <summary>Adds a query whose rows are read one by one when the statements are sent, and not kept.</summary>
    public void Read(string text, Action<NpgsqlDataReader> read, params IEnumerable<NpgsqlParameter> parameters)
    {
        Add(text, parameters);
        _readers.Add(read);
    }

    /// <summary>Adds a query that takes locks, and whose rows say nothing.</summary>
    public void Lock(string text, params IEnumerable<NpgsqlParameter> parameters) => Read(text, _ => { }, parameters);

    /// <summary>Adds the insertion of rows. Many rows are sent at once, after all statements before them.</summary>
    public async Task InsertAsync<TRow>(IEnumerable<TRow> rows, CancellationToken cancel) where TRow : class
    {
        // The rows may be made one by one, and be very many.
        List<TRow> few = [.. rows.Take(MostInserted + 1)];
        if (few.Count <= MostInserted)
        {
            foreach (var row in few) _statements.Add(database.Insertion(row));
            return;
        }
        await SendAsync(cancel);
        await database.CopyInAsync(rows, cancel);
    }

    /// <summary>Sends the statements added since the last time, if there are any.</summary>
    public async Task SendAsync(CancellationToken cancel)
    {
        if (_statements.Count == 0) return;
        await using var batch = await database.BatchAsync(cancel);
        foreach (var statement in _statements) batch.BatchCommands.Add(statement);
        Action<NpgsqlDataReader>[] readers = [.. _readers];
        _statements.Clear();
        _readers.Clear();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var read in readers)
        {
            while (await reader.ReadAsync(cancel)) read(reader);
            await reader.NextResultAsync(cancel);
        }
    }
}
