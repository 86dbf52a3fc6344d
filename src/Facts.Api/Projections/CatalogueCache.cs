using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>Caches the catalogue for each version of the store. Reading the catalogue takes longer than most queries.</summary>
internal sealed class CatalogueCache
{
    volatile CatalogueSnapshot? _last;

    /// <summary>The names of parties and items among the values of a facet.</summary>
    public async Task<IReadOnlyDictionary<string,
        string>> LabelsAsync(HttpContext http, string field, IReadOnlyCollection<string> values, CancellationToken cancel)
    {
        var kind = field switch { "donor" or "recipient" => "party:", "item" => "item:", _ => null };
        if (kind is null) return new Dictionary<string, string>();
        var shown = (await ReadAsync(http, cancel)).Shown;
        return values.Where(v => shown.ContainsKey(kind + v)).ToDictionary(v => v, v => shown[kind + v]);
    }

    /// <summary>The catalogue of the version that was read last; null before the first. The store may have another version by now.</summary>
    public CatalogueSnapshot? Last => _last;

    /// <summary>The catalogue in the snapshot that the request reads.</summary>
    public async Task<CatalogueSnapshot> ReadAsync(HttpContext http, CancellationToken cancel)
    {
        var version = await http.RequestServices.GetRequiredService<IStoreReader>().VersionAsync(cancel);
        if (_last is { } last && last.Version == version) return last;
        var database = http.RequestServices.GetRequiredService<FactsContext>();
        var catalogue = await CatalogueStore.ReadAsync(database, cancel);
        return _last = new(version, catalogue, catalogue.Tree, await CatalogueStore.NamesAsync(database, cancel));
    }
}
