namespace Facts.Api.Projections;

/// <summary>The crowds that were written last, in memory, so that one more claim about a crowd need not read and compute all of it.</summary>
internal sealed class Crowds
{
    /// <summary>Largest number of claims that are kept in all. A claim, with all that is computed of it, takes about 5 kB.</summary>
    const int MaxClaims = 30_000;

    readonly Lock _lock = new();

    // The one used last comes first.
    readonly List<Crowd> _crowds = [];

    /// <summary>Takes a crowd out: only the writer that has it may use it.</summary>
    /// <param name="partitions">Names of its partitions.</param>
    /// <returns>Null where it is not in memory.</returns>
    public Crowd? Take(IReadOnlyCollection<string> partitions)
    {
        lock (_lock)
        {
            var at = _crowds.FindIndex(c => c.Names.SetEquals(partitions));
            if (at < 0) return null;
            var crowd = _crowds[at];
            _crowds.RemoveAt(at);
            return crowd;
        }
    }

    /// <summary>Keeps a crowd for the next writer. Those used longest ago go.</summary>
    public void Keep(Crowd crowd)
    {
        lock (_lock)
        {
            _crowds.RemoveAll(c => c.Names.Overlaps(crowd.Names));
            _crowds.Insert(0, crowd);
            while (_crowds.Sum(c => c.Count) > MaxClaims) _crowds.RemoveAt(_crowds.Count - 1);
        }
    }
}
