namespace Facts;

/// <summary>A request as of a day.</summary>
public sealed record RequestState : FactState
{
    public Request Request => (Request)Fact;
    public Interval? Requested { get; init; }

    /// <summary>Commitments and unpledged deliveries on or after the day of the request, from any donor. They reduce its unmet need.</summary>
    public Interval Met { get; init; } = Interval.Zero;

    public Interval? UnmetNeed { get; init; }
    public FuzzyDate? Due { get; init; }
}
