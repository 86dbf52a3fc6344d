using Npgsql;

namespace Facts.Api.Database;

internal static class Sequences
{
    /// <summary>Reserves numbers for new rows, in ascending order, from the sequence of their table.</summary>
    public static Task<List<long>> ReserveAsync(this FactsContext database, string sequence, int count, CancellationToken cancel) =>
        RoundTrip.SendAsync(database, trip => trip.Reserve(sequence, count), cancel);

    /// <summary>Reserves numbers in a round trip.</summary>
    /// <returns>The numbers, which are in the list once the statements have been sent.</returns>
    public static List<long> Reserve(this RoundTrip trip, string sequence, int count) => trip.Ask(
        "select nextval(@sequence::regclass) from generate_series(1, @count)", r => r.GetInt64(0),
        new NpgsqlParameter("sequence", sequence), new NpgsqlParameter("count", count));
}
