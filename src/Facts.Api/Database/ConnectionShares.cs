using Npgsql;

namespace Facts.Api.Database;

/// <summary>
/// The connections of this process, by their use. Together they are at most as many as <c>Maximum Pool Size</c> allows, since each connection is a process of
/// PostgreSQL, which by default has 100 of them for all.
/// </summary>
/// <param name="Reads">Connections that only read: two of five.</param>
/// <param name="Writes">Connections that may write.</param>
/// <param name="Probes">Connections of the probes.</param>
internal sealed record ConnectionShares(int Reads, int Writes, int Probes)
{
    const int MostProbes = 2;

    /// <param name="connectionString">Of the store, as it is configured.</param>
    public static ConnectionShares Of(string connectionString)
    {
        var all = new NpgsqlConnectionStringBuilder(connectionString).MaxPoolSize;
        var reads = Math.Max(1, all * 2 / 5);
        var probes = Math.Clamp(all / 10, 1, MostProbes);
        return new(reads, Math.Max(1, all - reads - probes), probes);
    }
}
