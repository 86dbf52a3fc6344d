using Facts.Api.Database;

namespace Facts.Api.Projections;

/// <summary>
/// A large group of connected partitions in memory: its claims, and all that was computed of them for its last write. The next write reads only the claims that
/// have changed since, computes only what they can change, and compares it with the rows that are stored without reading these.
/// </summary>
internal sealed class Crowd
{
    Dictionary<long, StoredClaim> _claims;
    RepeatedResolution? _resolution;
    HashSet<Fact> _linked = [];

    /// <param name="partitions">Names of the partitions.</param>
    /// <param name="claims">Their claims that count now.</param>
    public Crowd(string[] partitions, IEnumerable<StoredClaim> claims) =>
        (Partitions, Names, _claims) = (partitions, partitions.ToHashSet(StringComparer.Ordinal), claims.ToDictionary(c => c.Claim.Id));

    public string[] Partitions { get; }

    /// <summary>The names of the partitions, to be looked up.</summary>
    public IReadOnlySet<string> Names { get; }

    public IEnumerable<Claim> Claims => _claims.Values.Select(c => c.Claim);

    public int Count => _claims.Count;

    /// <summary>The projection that was stored last.</summary>
    public Projection? Stored { get; private set; }

    /// <summary>The version of the partitions under which it was stored. In another version, other rows may be stored.</summary>
    public Guid Version { get; private set; }

    /// <summary>The rows of the fact states computed last.</summary>
    public KnownRows Rows { get; } = new();

    /// <summary>True if the rows of all days are too many.</summary>
    public bool HasTooManyDays { get; set; }

    /// <summary>Reads the claims that have changed since they were read last.</summary>
    public async Task ReadAsync(FactsContext database, CancellationToken cancel)
    {
        var versions = await ClaimStore.VersionsAsync(database, Partitions, cancel);
        var now = new Dictionary<long, StoredClaim>(versions.Count);
        var changed = new List<long>();
        foreach (var (id, version, articleVersion) in versions)
            if (_claims.TryGetValue(id, out var known) && (known.Version, known.ArticleVersion) == (version, articleVersion)) now[id] = known;
            else changed.Add(id);
        if (changed.Count > 0)
            foreach (var claim in await ClaimStore.ReadAsync(database, Partitions, [.. changed], cancel)) now[claim.Claim.Id] = claim;
        _claims = now;
    }

    public Resolution Resolve(ItemTree items, IReadOnlyList<Decision> decisions, CancellationToken cancel)
    {
        if (_resolution?.IsFor(items, decisions) != true) (_resolution, _linked) = (new(items, decisions), []);
        Rows.Begin();
        return _resolution.Resolve(Claims, cancel);
    }

    /// <summary>The states of the facts resolved last.</summary>
    public FactStates States(EvaluationOptions options) => _resolution!.States(options);

    /// <summary>The missing partition links of the facts that were not there before.</summary>
    public List<MissingPartitionLink> FindMissingLinks(Resolution resolution, ItemTree items)
    {
        var missing = MissingPartitionLink.Find(Partitions, resolution.Facts.Where(f => !_linked.Contains(f)), items);
        if (missing.Count > 0) return missing;
        if (_linked.Count > 2 * _claims.Count) _linked = [];
        foreach (var fact in resolution.Facts) _linked.Add(fact);
        return missing;
    }

    /// <summary>Keeps what was written.</summary>
    public void Store(Projection projection, Guid version) => (Stored, Version) = (projection, version);
}
