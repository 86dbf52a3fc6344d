namespace Facts;

/// <summary>
/// Things that a caller has made of fact states, kept for the states that the next resolution takes over (<see cref="RepeatedResolution"/>).
/// </summary>
public sealed class KeptWithStates<TState, TMade> where TState : FactState
{
    IReadOnlyList<TState> _states = [];
    List<TMade> _made = [];

    /// <summary>The thing made of each state: the last time, if it is the same state as then, else now.</summary>
    /// <param name="states">States of one day.</param>
    /// <param name="make">Makes it of a state.</param>
    public IReadOnlyList<TMade> Of(IReadOnlyList<TState> states, Func<TState, TMade> make)
    {
        for (var i = 0; i < _states.Count; i++) _states[i].Fact.Number = i;
        var made = new List<TMade>(states.Count);
        foreach (var state in states)
            made.Add(state.Fact.Number is var i && i < _states.Count && ReferenceEquals(_states[i], state) ? _made[i] : make(state));
        (_states, _made) = (states, made);
        return made;
    }
}
