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

    /// <summary>
    /// The supply that reduces the need of a request, for all days: what <see cref="RequestState.Met"/> is on each. Its steps are as those of
    /// <see cref="IntervalSums.Steps"/>.
    /// </summary>
    /// <param name="begins">First day on which the request may have been stated.</param>
    /// <param name="ends">Last day on which it may have been stated.</param>
    /// <param name="items">The items of the request.</param>
    /// <param name="supplies">The supply to its recipient in its unit: each from a day, inclusive, until a day, exclusive; null for no end.</param>
    /// <param name="tree">The item tree.</param>
    public static List<(DateOnly From, Interval Met)> Met(
        DateOnly begins, DateOnly ends, CodeSet items, IEnumerable<(Supply Supply, DateOnly From, DateOnly? Until)> supplies, ItemTree tree)
    {
        var sums = new IntervalSums();
        foreach (var (supply, from, until) in supplies)
            if (tree.AllUnder(supply.Items, items))
                sums.Add(new(supply.Begins >= ends ? supply.Number.Low : 0, supply.Ends >= begins ? supply.Number.High : 0), from, until);
        return sums.Steps();
    }
}
