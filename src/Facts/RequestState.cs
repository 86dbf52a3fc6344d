namespace Facts;

/// <summary>A request as it stands.</summary>
public sealed record RequestState : FactState
{
    public Request Request => (Request)Fact;
    public Interval? Requested { get; init; }

    /// <summary>What was promised, or came unpledged, on it or after it, whoever gave it.</summary>
    public Interval Met { get; init; } = Interval.Zero;

    public Interval? UnmetNeed { get; init; }
    public FuzzyDate? Due { get; init; }
}
