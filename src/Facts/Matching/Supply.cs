namespace Facts;

/// <summary>A supply that reduces unmet need: a commitment as it stands, or the unpledged part of a delivery.</summary>
/// <param name="Begins">First day on which it can have been stated or have arrived.</param>
/// <param name="Ends">Last day on which it can have been stated or have arrived; <see cref="DateOnly.MaxValue"/> if the end is open.</param>
/// <param name="Number">Its number, with low and high in order.</param>
public sealed record Supply(string Recipient, string? Unit, CodeSet Items, DateOnly Begins, DateOnly Ends, Interval Number)
{
    /// <summary>The supplies among fact states. Intents, requests and deliveries below the minimum stage give none.</summary>
    public static IEnumerable<Supply> From(IEnumerable<FactState> states) => states.Select(s => (State: s, Number: s switch
    {
        CommitmentState { Firmness: not Firmness.Intent } c => c.Current,
        DeliveryState { Counts: true } d => d.Unpledged?.InOrder(),
        _ => null,
    })).Where(g => g.Number is not null)
        .Select(g => new Supply(g.State.Recipient, g.State.Unit, g.State.Items, g.State.Begins, g.State.Ends, g.Number!.Value));
}
