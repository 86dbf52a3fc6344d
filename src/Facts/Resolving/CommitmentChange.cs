namespace Facts;

/// <summary>One change of a commitment, however many claims report it: an amendment or a cancellation.</summary>
internal sealed record CommitmentChange
{
    readonly IReadOnlyList<Claim> _reports;
    readonly DateWindow _stated;

    CommitmentChange(IReadOnlyList<Claim> reports, DateOnly notBefore)
    {
        _reports = reports;
        Claim = reports.Min(ClaimOrder.ByDay)!;
        _stated = reports.Select(c => DateWindow.From(c.Stated)).Aggregate(DateWindow.Earliest);
        Window = _stated.NotBefore(notBefore);
        var due = ResolvedValue.Resolve(reports, c => c.Due, ClaimOrder.ByBounds);
        Deadline = due is { Value: { } date, Claim: { } by } ? new(date, by) : null;
        Condition = ResolvedValue.Resolve(reports, c => c.Condition, StringComparer.Ordinal).Value;
        Firmness = ResolvedValue.ResolveNumber(reports, c => c.Firmness, Comparer<Firmness>.Default).Value;
        ConditionMet = ResolvedValue.ResolveNumber(reports, c => c.ConditionMet, Comparer<bool>.Default).Value;
        OnHold = ResolvedValue.ResolveNumber(reports, c => c.OnHold, Comparer<bool>.Default).Value;
    }

    /// <summary>The earliest claim that reports it: its kind, number, basis and unit are those of all.</summary>
    public Claim Claim { get; }

    /// <summary>When it was stated, not before the commitment's first day.</summary>
    public DateWindow Window { get; }

    // What only some of the reports say of it; null where none does.
    public Deadline? Deadline { get; }
    public string? Condition { get; }
    public Firmness? Firmness { get; }
    public bool? ConditionMet { get; }
    public bool? OnHold { get; }

    /// <summary>Another new size of the same day stands in its place: which one is decided like a fact's value.</summary>
    public bool IsOverruled { get; private init; }

    bool IsNewSize => Claim is { Kind: ClaimKind.Amendment, Basis: QuantityBasis.Total, Quantity: not null };

    /// <summary>Takes back whatever is left when it is over.</summary>
    public bool IsOpenEnded => Claim is { Kind: ClaimKind.Cancellation, Quantity: null };

    /// <summary>The amendments and cancellations among a commitment's claims, in the order in which they take effect.</summary>
    /// <param name="claims">What hangs on the commitment.</param>
    /// <param name="unit">The commitment's.</param>
    /// <param name="firstDay">The first day the commitment can have been stated: nothing changes it earlier.</param>
    public static IReadOnlyList<CommitmentChange> FromClaims(IReadOnlyList<Claim> claims, string? unit, DateOnly firstDay) =>
        [.. claims.Where(c => c.Kind is ClaimKind.Amendment or ClaimKind.Cancellation)
            .GroupBy(c => (c.Kind, c.Quantity, c.Basis, c.EffectiveUnit ?? unit, Words: c.Quantity is null ? (c.Firmness, c.ConditionMet, c.OnHold) : default))
            .SelectMany(alike => ClaimClustering.SingleLinkage(alike, c => DateWindow.From(c.Stated), c => MatchProfile.From(c, withCommitment: false)))
            .SelectMany(chain => Once(chain, firstDay))
            .GroupBy(c => c.IsNewSize ? (c._stated, c.Claim.EffectiveUnit ?? unit) : (object)c.Claim.Id)
            .SelectMany(rivals => Decided([.. rivals]))
            .OrderBy(c => c.Window.End).ThenBy(c => Rank(c.Claim)).ThenBy(c => c.Window.Begin).ThenBy(c => c.Claim, ClaimOrder.ByName)];

    // A chain is one change but for the guards of corroboration: one that spans too long, and later claims of an article that told it already.
    static IEnumerable<CommitmentChange> Once(List<Claim> chain, DateOnly firstDay)
    {
        if (ClaimClustering.Span(chain.Select(c => DateWindow.From(c.Stated))) > ClaimClustering.LongestSpan) return chain.Select(c => new CommitmentChange([c], firstDay));
        var first = chain.Order(ClaimOrder.ByName).DistinctBy(c => c.Article.Name).ToList();
        return chain.Except(first).Select(c => new CommitmentChange([c], firstDay)).Append(new CommitmentChange(first, firstDay));
    }

    static IEnumerable<CommitmentChange> Decided(List<CommitmentChange> rivals)
    {
        if (rivals.Count == 1) return rivals;
        var size = ResolvedValue.ResolveNumber([.. rivals.SelectMany(c => c._reports)], c => c.Quantity, ClaimOrder.BySize).Value;
        return rivals.Select(c => c.Claim.Quantity == size ? c : c with { IsOverruled = true });
    }

    // Within one day: total, increment, cancellation.
    static int Rank(Claim claim) => claim switch
    {
        { Kind: ClaimKind.Amendment, Basis: QuantityBasis.Total } => 0,
        { Kind: ClaimKind.Amendment } => 1,
        { Quantity: not null } => 2,
        _ => 3,
    };
}
