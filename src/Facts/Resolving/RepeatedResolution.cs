namespace Facts;

/// <summary>
/// Resolves claims again each time some of them have changed. It takes over from the time before all that the changed claims cannot have changed, so that one
/// more claim about a crowd does not cost as much as the crowd. The results are those of <see cref="Resolution.From"/> and <see cref="Balance.States"/>.
/// After each call, the results of the calls before must not be used any more.
/// </summary>
/// <param name="items">The item tree.</param>
/// <param name="decisions">The decisions of editors.</param>
public sealed class RepeatedResolution(ItemTree items, IReadOnlyList<Decision> decisions)
{
    readonly KnownFacts _facts = new();
    readonly KnownPairs _pairs = new();
    Dictionary<EvaluationOptions, FactStates> _states = [], _before = [];
    List<Claim> _claims = [];
    Resolution? _resolution;

    /// <summary>True if the tree and the decisions are as given. If they are not, everything may have changed.</summary>
    public bool IsFor(ItemTree tree, IReadOnlyList<Decision> made) => items.HasSameItems(tree) && decisions.SequenceEqual(made);

    /// <summary>Resolves claims into facts. A claim that has not changed must be the same object as before.</summary>
    public Resolution Resolve(IEnumerable<Claim> claims, CancellationToken cancel = default)
    {
        _claims = InOrder(claims);
        _resolution = Resolution.FromKnown(_claims, items, decisions, _facts, _pairs, cancel);
        (_before, _states) = (_states, []);
        return _resolution;
    }

    /// <summary>The states of the facts resolved last.</summary>
    public FactStates States(EvaluationOptions options) => _states.TryGetValue(options, out var known) ? known
        : _states[options] = Balance.StatesFromKnown(
            _resolution ?? throw new InvalidOperationException("No claims are resolved yet"), options, _before.GetValueOrDefault(options));

    // The claims in the order of article and external id. Those that were there before are in order already.
    List<Claim> InOrder(IEnumerable<Claim> claims)
    {
        var left = claims.ToHashSet<Claim>(ReferenceEqualityComparer.Instance);
        var ordered = new List<Claim>(left.Count);
        var before = _claims.FindAll(left.Remove);
        var at = 0;
        foreach (var added in left.Order(ClaimOrder.ByName))
        {
            while (at < before.Count && ClaimOrder.ByName.Compare(before[at], added) <= 0) ordered.Add(before[at++]);
            ordered.Add(added);
        }
        ordered.AddRange(before[at..]);
        return ordered;
    }
}
