namespace Facts;

/// <summary>The value chosen among claims that disagree (docs/semantics.md#value-of-a-fact).</summary>
/// <param name="Value">The chosen value; default if no claim gives one.</param>
/// <param name="Claim">The earliest claim that gives the value; null if none does.</param>
/// <param name="Disputed">True if claims give different values.</param>
/// <param name="By">The rule that chose the value.</param>
internal readonly record struct ResolvedValue<T>(T? Value, Claim? Claim, bool Disputed, TieBreaker By);

internal static class ResolvedValue
{
    /// <summary>Chooses a value: of preferred rank, else of most independent publishers, else stated latest, else the smaller. Any value beats null.</summary>
    public static ResolvedValue<T> Resolve<T>(IReadOnlyList<Claim> claims, Func<Claim, T?> says, IComparer<T> order) where T : class
    {
        if (claims.Count == 1) return says(claims[0]) is { } only ? new(only, claims[0], false, TieBreaker.Agreed) : default;
        var values = new List<(Claim, T)>(claims.Count);
        for (var i = 0; i < claims.Count; i++)
            if (says(claims[i]) is { } value) values.Add((claims[i], value));
        return Choose(values, order);
    }

    /// <summary>
    /// Chooses a value of a value type: of preferred rank, else of most independent publishers, else stated latest, else the smaller. Any value beats
    /// null.
    /// </summary>
    public static ResolvedValue<T?> ResolveNumber<T>(IReadOnlyList<Claim> claims, Func<Claim, T?> says, IComparer<T> order) where T : struct
    {
        if (claims.Count == 1) return says(claims[0]) is { } only ? new(only, claims[0], false, TieBreaker.Agreed) : default;
        var values = new List<(Claim, T)>(claims.Count);
        for (var i = 0; i < claims.Count; i++)
            if (says(claims[i]) is { } value) values.Add((claims[i], value));
        var chosen = Choose(values, order);
        return new(chosen.Claim is null ? null : chosen.Value, chosen.Claim, chosen.Disputed, chosen.By);
    }

    /// <summary>
    /// Chooses donors, recipient, items and unit of a fact. Each is chosen on its own, so no single report may have the resulting combination.
    /// </summary>
    public static Subject ResolveSubject(IReadOnlyList<Claim> reports) => !Disagree(reports)
        ? Subject.Of(reports[0])
        : new(Resolve(reports, c => c.Donors.IsEmpty ? null : c.Donors, Comparer<CodeSet>.Default).Value ?? CodeSet.Empty,
            Resolve(reports, c => c.Recipient, StringComparer.Ordinal).Value,
            Resolve(reports, c => c.Items.IsEmpty ? null : c.Items, Comparer<CodeSet>.Default).Value ?? CodeSet.Empty,
            Resolve(reports, c => c.EffectiveUnit, StringComparer.Ordinal).Value);

    /// <summary>True if reports of one fact differ in donors, recipient, items or unit. A missing value differs from every other.</summary>
    public static bool Disagree(IReadOnlyList<Claim> reports)
    {
        for (var i = 1; i < reports.Count; i++)
        {
            var (a, b) = (reports[0], reports[i]);
            if (a.Recipient != b.Recipient || a.EffectiveUnit != b.EffectiveUnit || !a.Donors.Equals(b.Donors) || !a.Items.Equals(b.Items)) return true;
        }
        return false;
    }

    /// <summary>True if reports of one fact give different donors, recipients, items or units. A missing value contradicts nothing.</summary>
    public static bool Contradict(IReadOnlyList<Claim> reports)
    {
        return Disagree(reports)
            && (Differ(c => c.Recipient) || Differ(c => c.EffectiveUnit) || Differ(c => c.Donors.IsEmpty ? null : c.Donors) || Differ(c => c.Items));

        bool Differ(Func<Claim, object?> attribute) => reports.Select(attribute).Where(a => a is not null).Distinct().Skip(1).Any();
    }

    // The rule that a value needed to win against all rivals: the last rule in the order of TieBreaker that it needed against any of them.
    // A new winner starts again with the rule by which it beat the earlier winner.
    static TieBreaker Combine(TieBreaker previous, TieBreaker current, bool isNewWinner) =>
        isNewWinner || previous is TieBreaker.Agreed or TieBreaker.PreferredRank ? current : (TieBreaker)Math.Max((int)previous, (int)current);

    static ResolvedValue<T> Choose<T>(List<(Claim Claim, T Value)> values, IComparer<T> order)
    {
        if (values.Count == 0) return default;
        var first = values[0].Value;
        // Shortcut for the usual case: all claims give one value.
        if (values.TrueForAll(s => order.Compare(s.Value, first) == 0)) return Earliest(values, disputed: false, TieBreaker.Agreed);
        var preferred = values.Exists(s => s.Claim.Rank == Rank.Preferred);
        if (preferred) values.RemoveAll(s => s.Claim.Rank != Rank.Preferred);
        values.Sort((a, b) => order.Compare(a.Value, b.Value));
        List<(Claim Claim, T Value)>? best = null;
        (int Publishers, DateOnly Latest) weight = default;
        var by = preferred ? TieBreaker.PreferredRank : TieBreaker.Agreed;
        for (var i = 0; i < values.Count;)
        {
            var j = i;
            while (j < values.Count && order.Compare(values[j].Value, values[i].Value) == 0) j++;
            var same = values[i..j];
            var candidate = (Publishers: same.Select(s => s.Claim.Article.PublisherKey).Distinct(StringComparer.Ordinal).Count(),
                Latest: same.Max(s => s.Claim.Stated.To ?? DateOnly.MaxValue));
            // The values are ascending, so that of two values of equal weight the smaller wins.
            var rule = candidate.Publishers != weight.Publishers
                ? TieBreaker.MostPublishers
                : candidate.Latest != weight.Latest ? TieBreaker.Latest : TieBreaker.Smaller;
            if (best is not null) by = Combine(by, rule, candidate.CompareTo(weight) > 0);
            if (best is null || candidate.CompareTo(weight) > 0) (best, weight) = (same, candidate);
            i = j;
        }
        return Earliest(best!, disputed: true, by);
    }

    static ResolvedValue<T> Earliest<T>(List<(Claim Claim, T Value)> same, bool disputed, TieBreaker by)
    {
        var (claim, value) = same.Count == 1 ? same[0] : same.MinBy(s => s.Claim, ClaimOrder.ByDay);
        return new(value, claim, disputed, by);
    }
}
