namespace Facts.Api.Projections;

/// <summary>The rows of fact states. A state that is taken over from an earlier computation has the same row as then.</summary>
internal sealed class KnownRows
{
    Dictionary<FactState, FactRow> _before = new(ReferenceEqualityComparer.Instance), _now = new(ReferenceEqualityComparer.Instance);

    /// <summary>Begins a computation.</summary>
    public void Begin() => (_before, _now) = (_now, new(ReferenceEqualityComparer.Instance));

    /// <summary>The row of a state: the known one, or a new one.</summary>
    public TRow Of<TState, TRow>(TState state, Func<TState, TRow> make) where TState : FactState where TRow : FactRow
    {
        var row = _before.TryGetValue(state, out var known) ? (TRow)known : make(state);
        _now[state] = row;
        return row;
    }
}
