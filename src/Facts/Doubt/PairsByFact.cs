namespace Facts;

/// <summary>The open pairs of the review queue by the facts that they put beside others.</summary>
internal sealed class PairsByFact
{
    readonly Candidate[] _pairs;

    // At i: the place after the last pair of the fact with number i.
    readonly int[] _until;

    /// <param name="pairs">The pairs, in their order.</param>
    /// <param name="facts">Number of facts, which are numbered (<see cref="Resolution.Number"/>).</param>
    public PairsByFact(IReadOnlyList<Candidate> pairs, int facts)
    {
        (_pairs, _until) = (new Candidate[2 * pairs.Count], new int[facts]);
        foreach (var pair in pairs)
        {
            _until[pair.A.Number]++;
            _until[pair.B.Number]++;
        }
        for (var (i, sum) = (0, 0); i < facts; i++) (_until[i], sum) = (sum, sum + _until[i]);
        foreach (var pair in pairs)
        {
            _pairs[_until[pair.A.Number]++] = pair;
            _pairs[_until[pair.B.Number]++] = pair;
        }
    }

    public ReadOnlySpan<Candidate> Of(Fact fact) => _pairs.AsSpan((fact.Number == 0 ? 0 : _until[fact.Number - 1]).._until[fact.Number]);
}
