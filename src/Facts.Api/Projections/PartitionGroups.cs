namespace Facts.Api.Projections;

/// <summary>Groups of connected partitions, while their links are read. It keeps no link, since a large import has half a million of them.</summary>
/// <param name="names">Names of the partitions.</param>
internal sealed class PartitionGroups(string[] names)
{
    readonly Dictionary<string, int> _places = names.Index().ToDictionary(n => n.Item, n => n.Index, StringComparer.Ordinal);
    readonly long[] _claims = new long[names.Length];
    readonly DisjointSets _sets = new(names.Length);

    // The first partition of each key. Later ones with the same key join it.
    readonly Dictionary<string, int> _firstOfKey = new(StringComparer.Ordinal);

    /// <summary>Sets the number of claims of a partition.</summary>
    public void SetClaims(string partition, long count) => _claims[_places[partition]] = count;

    /// <summary>Connects a partition with all others that have the key.</summary>
    public void Link(string key, string partition)
    {
        var place = _places[partition];
        if (!_firstOfKey.TryAdd(key, place)) _sets.Join(place, _firstOfKey[key]);
    }

    /// <summary>
    /// Batches of groups, in the order of the first partitions of the groups. A batch has more claims than the limit only where a single group has.
    /// </summary>
    /// <param name="maxClaims">The largest number of claims in a batch.</param>
    public List<List<string[]>> Batches(int maxClaims)
    {
        var batches = new List<List<string[]>>();
        var batch = new List<string[]>();
        long claimsInBatch = 0;
        foreach (var group in _sets.Sets())
        {
            var claims = group.Sum(place => _claims[place]);
            if (batch.Count > 0 && claimsInBatch + claims > maxClaims)
            {
                batches.Add(batch);
                (claimsInBatch, batch) = (0, []);
            }
            batch.Add([.. group.Select(place => names[place])]);
            claimsInBatch += claims;
        }
        batches.Add(batch);
        return batches;
    }
}
