namespace Facts;

/// <summary>One step of a commitment's value: an amendment or a cancellation. Several claims may report it.</summary>
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

    /// <summary>The earliest claim that reports the change. All its reports have the kind, number, basis and unit of this claim.</summary>
    public Claim Claim { get; }

    /// <summary>The days on which the change takes effect: those on which it was stated, but never before the commitment's first day.</summary>
    public DateWindow Window { get; }

    // Attributes that some of the reports may leave out; null if no report gives them.
    public Deadline? Deadline { get; }
    public string? Condition { get; }
    public Firmness? Firmness { get; }
    public bool? ConditionMet { get; }
    public bool? OnHold { get; }

    /// <summary>True if another new size of the same day wins (docs/semantics.md#value-of-a-fact).</summary>
    public bool IsOverruled { get; private init; }

    bool IsNewSize => Claim is { Kind: ClaimKind.Amendment, Basis: QuantityBasis.Total, Quantity: not null };

    /// <summary>True for a cancellation without a number. It takes back what has not been delivered at the end of its last day.</summary>
    public bool IsOpenEnded => Claim is { Kind: ClaimKind.Cancellation, Quantity: null };

    /// <summary>
    /// Finds the amendments and cancellations of a commitment, in the order in which they take effect: that of their own stated days, even for
    /// those stated before the pledge. Example: +1 and then -2, both stated before a pledge of 1, leave 0.
    /// </summary>
    /// <param name="claims">All claims that name the commitment.</param>
    /// <param name="unit">Unit of the commitment.</param>
    /// <param name="firstDay">First day on which the commitment can have been stated. No change takes effect earlier.</param>
    public static IReadOnlyList<CommitmentChange> FromClaims(IReadOnlyList<Claim> claims, string? unit, DateOnly firstDay) => claims.Count == 0 ? [] :
        [.. claims.Where(c => c.Kind is ClaimKind.Amendment or ClaimKind.Cancellation)
            .GroupBy(c => (c.Kind, c.Quantity, c.Basis, c.EffectiveUnit ?? unit,
                Attributes: c.Quantity is null ? (c.Firmness, c.ConditionMet, c.OnHold) : default))
            .SelectMany(alike => FirstFit.Gather(alike, [], c => DateWindow.From(c.Stated), publishersApart: false, CancellationToken.None))
            .Select(same => new CommitmentChange(same.Reports, firstDay))
            .GroupBy(c => c.IsNewSize ? (c._stated, c.Claim.EffectiveUnit ?? unit) : (object)c.Claim.Id)
            .SelectMany(rivals => ChooseSize([.. rivals]))
            .OrderBy(c => c._stated.End).ThenBy(c => c._stated.Begin).ThenBy(c => Rank(c.Claim)).ThenBy(c => c.Claim, ClaimOrder.ByName)];

    // Several new sizes of one day: one wins, the others are overruled.
    static IEnumerable<CommitmentChange> ChooseSize(List<CommitmentChange> rivals)
    {
        if (rivals.Count == 1) return rivals;
        var size = ResolvedValue.ResolveNumber([.. rivals.SelectMany(c => c._reports)], c => c.Quantity, ClaimOrder.BySize).Value;
        return rivals.Select(c => c.Claim.Quantity == size ? c : c with { IsOverruled = true });
    }

    // Order within one day: total, increment, cancellation with a number, cancellation without.
    static int Rank(Claim claim) => claim switch
    {
        { Kind: ClaimKind.Amendment, Basis: QuantityBasis.Total } => 0,
        { Kind: ClaimKind.Amendment } => 1,
        { Quantity: not null } => 2,
        _ => 3,
    };
}
