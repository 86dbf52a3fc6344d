namespace Facts;

/// <summary>What takes away from a need: what a commitment promises now, or what of a delivery went to no commitment.</summary>
/// <param name="Begins">First day it can have been stated or have arrived.</param>
/// <param name="Ends">Last day of that; <see cref="DateOnly.MaxValue"/> where it has no end.</param>
/// <param name="Number">Its ends as they are, not in order.</param>
public sealed record Supply(string Recipient, string? Unit, CodeSet Items, DateOnly Begins, DateOnly Ends, Interval Number)
{
    /// <summary>What the commitments and deliveries among standings give.</summary>
    public static IEnumerable<Supply> From(IEnumerable<FactState> standings) => standings.Select(s => (Standing: s, Number: s switch
    {
        CommitmentState { Firmness: not Firmness.Intent } c => c.Current,
        DeliveryState { Counts: true } d => d.Unpledged,
        _ => null,
    })).Where(g => g.Number is not null).Select(g => new Supply(g.Standing.Recipient, g.Standing.Unit, g.Standing.Items, g.Standing.Begins, g.Standing.Ends, g.Number!.Value));
}
