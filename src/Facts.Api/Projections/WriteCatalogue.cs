using Facts.Api.Database;
using Npgsql;
using NpgsqlTypes;

namespace Facts.Api.Projections;

/// <summary>
/// Keeps the catalogue that writers look names up in, as long as no change names an entry of it: each change that adds, edits, merges or removes one does.
/// Reading all names takes longer than the rest of a write of one claim.
/// </summary>
internal sealed class WriteCatalogue
{
    sealed record Kept(Guid Epoch, long Version, CatalogueIndex Index);

    volatile Kept? _kept;

    /// <summary>Asks in a round trip whether the catalogue has changed.</summary>
    /// <param name="trip">Gets the question.</param>
    /// <param name="database">The store.</param>
    /// <param name="isOwn">True to read a catalogue for the caller alone, which may add names to it.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Gives the catalogue, once the statements have been sent.</returns>
    public Func<Task<CatalogueIndex>> Ask(RoundTrip trip, FactsContext database, bool isOwn, CancellationToken cancel)
    {
        if (isOwn) return () => CatalogueStore.ReadAsync(database, cancel);
        var kept = _kept;
        // Few changes are new, and an index finds each.
        var found = trip.Ask(
            """
            select epoch, version, exists (
                select
                from generate_series(@version + 1, version) as n
                cross join lateral (select resources from changes where sequence = n offset 0) new
                where new.resources <> '[]'
            )
            from dataset
            """, r => (Epoch: r.GetGuid(0), Version: r.GetInt64(1), HasChanged: r.GetBoolean(2)),
            new NpgsqlParameter("version", NpgsqlDbType.Bigint) { Value = kept is null ? DBNull.Value : kept.Version });
        return async () =>
        {
            var (epoch, version, hasChanged) = found[0];
            var isKept = kept is not null && !hasChanged && kept.Epoch == epoch && kept.Version <= version;
            var index = isKept ? kept!.Index : await CatalogueStore.ReadAsync(database, cancel);
            // The sample is loaded into a store without items, and no change names the items that it adds.
            if (index.Items.Count > 0) _kept = new(epoch, version, index);
            return index;
        };
    }
}
