namespace Facts.Api.Projections;

/// <summary>The rows of fact states, and of their links. A state that is taken over from an earlier computation has the same rows as then.</summary>
internal sealed class KnownRows
{
    Dictionary<FactState, Rows> _before = new(ReferenceEqualityComparer.Instance), _now = new(ReferenceEqualityComparer.Instance);

    /// <summary>The row of a state; of a commitment also those of its links.</summary>
    sealed record Rows(FactRow Row, List<LinkRow> Links);

    /// <summary>Begins a computation.</summary>
    public void Begin() => (_before, _now) = (_now, new(_now.Count, ReferenceEqualityComparer.Instance));

    /// <summary>The row of a state, and those of its links: the known ones, or new ones.</summary>
    public (TRow Row, List<LinkRow> Links) Of<TState, TRow>(TState state, Func<TState, TRow> row, Func<TState, List<LinkRow>> links)
        where TState : FactState where TRow : FactRow
    {
        if (!_before.TryGetValue(state, out var rows)) rows = new(row(state), links(state));
        _now[state] = rows;
        return ((TRow)rows.Row, rows.Links);
    }
}
