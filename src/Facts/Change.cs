namespace Facts;

/// <summary>One change of a commitment, however many claims report it: an amendment or a cancellation.</summary>
/// <param name="Claim">The earliest claim that reports it.</param>
/// <param name="Period">When it was stated.</param>
internal sealed record Change(Claim Claim, Period Period)
{
    /// <summary>Takes back whatever is left when it is over.</summary>
    public bool IsOpenEnded => Claim is { Kind: ClaimKind.Cancellation, Quantity: null };

    /// <summary>The amendments and cancellations among a commitment's claims, in the order in which they take effect.</summary>
    public static IReadOnlyList<Change> Of(IReadOnlyList<Claim> claims, string? unit) =>
        [.. claims.Where(c => c.Kind is ClaimKind.Amendment or ClaimKind.Cancellation)
            .GroupBy(c => (c.Kind, c.Quantity, c.Basis, c.Unit ?? unit, c.Firmness, c.ConditionMet, c.OnHold))
            .SelectMany(alike => Clusters.Chains(alike, c => Period.Of(c.Stated), c => Profile.Of(c, withCommitment: false)))
            .SelectMany(Once)
            .OrderBy(c => c.Period.End).ThenBy(c => c.Period.Begin).ThenBy(c => Rank(c.Claim)).ThenBy(c => c.Claim, ClaimOrder.ByName)];

    // A chain is one change but for the guards of corroboration: one that spans too long, and later claims of an article that told it already.
    static IEnumerable<Change> Once(List<Claim> chain)
    {
        if (Clusters.Span(chain.Select(c => Period.Of(c.Stated))) > Clusters.LongestSpan) return chain.Select(c => One([c]));
        var first = chain.Order(ClaimOrder.ByName).DistinctBy(c => c.Article.Name).ToList();
        return chain.Except(first).Select(c => One([c])).Append(One(first));
    }

    static Change One(IReadOnlyList<Claim> reports) =>
        new(reports.Min(ClaimOrder.ByDay)!, reports.Select(c => Period.Of(c.Stated)).Aggregate(Period.Earliest));

    static int Rank(Claim claim) => claim switch
    {
        { Kind: ClaimKind.Amendment, Basis: QuantityBasis.Total } => 0,
        { Kind: ClaimKind.Amendment } => 1,
        { Quantity: not null } => 2,
        _ => 3,
    };
}
