using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// Connections of the probes. They are apart from those of all requests, and give up within <see cref="Patience"/>, whatever state the database is in.
/// </summary>
internal sealed class ProbeSource : IAsyncDisposable, IDisposable
{
    readonly DbContextOptions<WriteContext> _options;

    /// <param name="connectionString">Of the store, as it is configured.</param>
    /// <param name="isPooled">True if a pooler may give each transaction another session.</param>
    public ProbeSource(string connectionString, bool isPooled)
    {
        var configured = ReadSource.Configured(connectionString, isPooled);
        configured.MaxPoolSize = ConnectionShares.Of(connectionString).Probes;
        // Kept open, because a database whose disk is full accepts no new connection.
        configured.MinPoolSize = 1;
        configured.Timeout = configured.CommandTimeout = (int)Patience.TotalSeconds;
        // A database that is silent does not answer a cancellation either.
        configured.CancellationTimeout = -1;
        Source = NpgsqlDataSource.Create(configured);
        _options = new DbContextOptionsBuilder<WriteContext>().UseNpgsql(Source).UseSnakeCaseNamingConvention().Options;
    }

    /// <summary>The longest time for one statement or one connection.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(2);

    NpgsqlDataSource Source { get; }

    public WriteContext Open() => new(_options);

    /// <summary>Asks the database for nothing but an answer.</summary>
    public async Task AskAsync()
    {
        try
        {
            await SendAsync();
        }
        catch (NpgsqlException)
        {
            // A connection that the database has ended while it was at rest says nothing about the database: a new one does.
            Source.Clear();
            await SendAsync();
        }

        async Task SendAsync()
        {
            await using var command = Source.CreateCommand("select");
            await command.ExecuteNonQueryAsync();
        }
    }

    public ValueTask DisposeAsync() => Source.DisposeAsync();

    public void Dispose() => Source.Dispose();
}
