using System.Runtime.InteropServices;

namespace Facts;

/// <summary>
/// The pairs of an earlier resolution of nearly the same claims, in the order in which they were found. Facts are gone through in the order of dates, so up to
/// the first fact that has changed the same pairs are found again.
/// </summary>
internal sealed class KnownPairs
{
    Dictionary<object, Steps> _before = [], _now = [];
    IReadOnlyList<Decision> _decisions = [];

    /// <summary>The steps of one search, each with all pairs found up to it.</summary>
    public sealed class Steps
    {
        readonly List<(object Step, int End)> _steps = [];
        readonly List<Candidate> _pairs = [];

        /// <summary>True if a step was taken at a place.</summary>
        public bool Has(object step, int place) => place < _steps.Count && _steps[place].Step.Equals(step);

        /// <summary>The pairs found in a step.</summary>
        public ReadOnlySpan<Candidate> PairsOf(int step)
        {
            var from = step == 0 ? 0 : _steps[step - 1].End;
            return CollectionsMarshal.AsSpan(_pairs)[from.._steps[step].End];
        }

        public void Add(object step, ReadOnlySpan<Candidate> pairs)
        {
            _pairs.AddRange(pairs);
            _steps.Add((step, _pairs.Count));
        }
    }

    /// <summary>Begins a resolution: the pairs that the last one found are known, unless decisions have changed.</summary>
    public void Begin(IReadOnlyList<Decision> decisions) =>
        (_before, _now, _decisions) = (_decisions.SequenceEqual(decisions) ? _now : [], [], decisions);

    /// <summary>The steps of a search in the last resolution, and an empty list for those of this one.</summary>
    /// <param name="search">Names the search.</param>
    public (Steps? Before, Steps Now) Of(object search) => (_before.GetValueOrDefault(search), _now[search] = new());
}
