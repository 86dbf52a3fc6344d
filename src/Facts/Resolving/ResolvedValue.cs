namespace Facts;

/// <summary>What disagreeing claims are taken to say (DESIGN.md §6, rule 5).</summary>
/// <param name="Value">Default where no claim says anything.</param>
/// <param name="Claim">The earliest claim that says so; null where none does.</param>
/// <param name="Disputed">Whether claims say different things.</param>
/// <param name="By">What decided.</param>
internal readonly record struct ResolvedValue<T>(T? Value, Claim? Claim, bool Disputed, TieBreaker By);

internal static class ResolvedValue
{
    /// <summary>Preferred rank; else most independent publishers; else the latest stated; else the smaller. Silence (null) loses to any word.</summary>
    public static ResolvedValue<T> Resolve<T>(IReadOnlyList<Claim> claims, Func<Claim, T?> says, IComparer<T> order) where T : class =>
        Choose([.. from c in claims let v = says(c) where v is not null select (c, v)], order);

    /// <summary>As above, for values.</summary>
    public static ResolvedValue<T?> ResolveNumber<T>(IReadOnlyList<Claim> claims, Func<Claim, T?> says, IComparer<T> order) where T : struct
    {
        var chosen = Choose([.. from c in claims let v = says(c) where v is not null select (c, v.Value)], order);
        return new(chosen.Claim is null ? null : chosen.Value, chosen.Claim, chosen.Disputed, chosen.By);
    }

    /// <summary>Whom reports of one fact concern together, and in what it is counted: each decided for itself, so that it need not be what any of them says.</summary>
    public static (CodeSet Donors, string? Recipient, CodeSet Items, string? Unit) ResolveSubject(IReadOnlyList<Claim> reports) => (
        Resolve(reports, c => c.Donors.IsEmpty ? null : c.Donors, Comparer<CodeSet>.Default).Value ?? CodeSet.Empty,
        Resolve(reports, c => c.Recipient, StringComparer.Ordinal).Value,
        Resolve(reports, c => c.Items.IsEmpty ? null : c.Items, Comparer<CodeSet>.Default).Value ?? CodeSet.Empty,
        Resolve(reports, c => c.EffectiveUnit, StringComparer.Ordinal).Value);

    /// <summary>Whether reports of one fact name different donors, recipients, items or units.</summary>
    public static bool Disagree(IReadOnlyList<Claim> reports) =>
        reports.Count > 1 && reports.Any(c => c.Recipient != reports[0].Recipient || c.EffectiveUnit != reports[0].EffectiveUnit
            || !c.Donors.Equals(reports[0].Donors) || !c.Items.Equals(reports[0].Items));

    /// <summary>Whether they disagree about any of it: one that is silent disagrees with nobody.</summary>
    public static bool Contradict(IReadOnlyList<Claim> reports)
    {
        return Disagree(reports) && (Differ(c => c.Recipient) || Differ(c => c.EffectiveUnit) || Differ(c => c.Donors.IsEmpty ? null : c.Donors) || Differ(c => c.Items));

        bool Differ(Func<Claim, object?> said) => reports.Select(said).Where(s => s is not null).Distinct().Skip(1).Any();
    }

    // What it took to win: the finest distinction from any rival it did not leave behind with another.
    static TieBreaker Combine(TieBreaker sofar, TieBreaker now, bool won) =>
        won || sofar is TieBreaker.Agreed or TieBreaker.PreferredRank ? now : (TieBreaker)Math.Max((int)sofar, (int)now);

    static ResolvedValue<T> Choose<T>(List<(Claim Claim, T Value)> said, IComparer<T> order)
    {
        if (said.Count == 0) return default;
        var first = said[0].Value;
        // Most of what is told more than once is told alike.
        if (said.TrueForAll(s => order.Compare(s.Value, first) == 0)) return Earliest(said, disputed: false, TieBreaker.Agreed);
        var preferred = said.Exists(s => s.Claim.Rank == Rank.Preferred);
        if (preferred) said.RemoveAll(s => s.Claim.Rank != Rank.Preferred);
        said.Sort((a, b) => order.Compare(a.Value, b.Value));
        List<(Claim Claim, T Value)>? best = null;
        (int Publishers, DateOnly Latest) weight = default;
        var by = preferred ? TieBreaker.PreferredRank : TieBreaker.Agreed;
        for (var i = 0; i < said.Count;)
        {
            var j = i;
            while (j < said.Count && order.Compare(said[j].Value, said[i].Value) == 0) j++;
            var same = said[i..j];
            var mine = (Publishers: same.Select(s => s.Claim.Article.PublisherKey).Distinct(StringComparer.Ordinal).Count(), Latest: same.Max(s => s.Claim.Stated.To ?? DateOnly.MaxValue));
            // Ascending, so that of equal weight the smaller stays.
            if (best is not null) by = Combine(by, mine.Publishers != weight.Publishers ? TieBreaker.MostPublishers : mine.Latest != weight.Latest ? TieBreaker.Latest : TieBreaker.Smaller, mine.CompareTo(weight) > 0);
            if (best is null || mine.CompareTo(weight) > 0) (best, weight) = (same, mine);
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
