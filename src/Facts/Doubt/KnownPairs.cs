using System.Runtime.InteropServices;

namespace Facts;

/// <summary>
/// The pairs of an earlier resolution of nearly the same claims, in the order in which they were found. Facts are gone through in the order of dates, so up to
/// the first fact that has changed the same pairs are found again.
/// </summary>
internal sealed class KnownPairs
{
    Dictionary<object, Search> _before = [], _now = [];
    IReadOnlyList<Decision> _decisions = [];

    /// <summary>A step of a search: a fact that is compared with others, for a reason, as these stood on a day.</summary>
    public readonly record struct Step(ComparedFact Fact, CandidateReason Reason, DateOnly Day);

    /// <summary>The steps of one search, each with the pairs found in it.</summary>
    public sealed class Search
    {
        readonly List<(Step Step, int End)> _steps = [];
        readonly List<Candidate> _pairs = [];

        /// <summary>True if a step was taken at a place.</summary>
        public bool Has(Step step, int place) => place < _steps.Count && _steps[place].Step == step;

        /// <summary>The pairs found in the first steps. The steps after them are forgotten.</summary>
        public ReadOnlySpan<Candidate> TakeFirst(int steps)
        {
            var end = steps == 0 ? 0 : _steps[steps - 1].End;
            _steps.RemoveRange(steps, _steps.Count - steps);
            _pairs.RemoveRange(end, _pairs.Count - end);
            return CollectionsMarshal.AsSpan(_pairs);
        }

        public void Add(Step step, ReadOnlySpan<Candidate> pairs)
        {
            _pairs.AddRange(pairs);
            _steps.Add((step, _pairs.Count));
        }
    }

    /// <summary>Begins a resolution: the pairs that the last one found are known, unless decisions have changed.</summary>
    public void Begin(IReadOnlyList<Decision> decisions) =>
        (_before, _now, _decisions) = (_decisions.SequenceEqual(decisions) ? _now : [], [], decisions);

    /// <summary>The steps of a search in the last resolution, of which this one keeps the first and adds its own.</summary>
    /// <param name="name">Names the search.</param>
    public Search Of(object name) => _now[name] = _before.GetValueOrDefault(name) ?? new();
}
