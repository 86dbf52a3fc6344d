namespace Facts;

/// <summary>
/// The facts of an earlier resolution of nearly the same claims. A fact with the same claims as before is taken over, with all that was computed of it.
/// </summary>
internal sealed class KnownFacts
{
    // By the id of the first of their reports.
    Dictionary<long, Fact> _facts = [];

    // Of the deliveries that claims or editors link.
    Dictionary<Delivery, ExplicitLinks> _links = [];

    // The first day of each fact that is not as before, or on which it began before.
    Dictionary<Fact, DateOnly> _changed = [];

    // The first day of the facts that are gone.
    DateOnly _goneFrom;

    /// <summary>
    /// First day on which one of the facts can have begun that the last resolution did not take over, or one that is gone since the resolution before. On
    /// earlier days nothing has changed. <see cref="DateOnly.MaxValue"/> if all facts are as before.
    /// </summary>
    /// <param name="facts">Facts of the last resolution.</param>
    public DateOnly ChangedFrom(IEnumerable<Fact> facts)
    {
        var first = _goneFrom;
        if (_changed.Count == 0) return first;
        foreach (var fact in facts)
            if (_changed.TryGetValue(fact, out var day) && day < first) first = day;
        return first;
    }

    /// <summary>The known fact that has just these claims in this order; null if there is none.</summary>
    public TFact? Find<TFact>(IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others) where TFact : Fact =>
        _facts.GetValueOrDefault(reports[0].Id) is TFact known && AreSame(known.Reports, reports) && AreSame(known.Others, others) && MayBeKept(known)
            ? known : null;

    /// <summary>Takes the facts of a resolution in place of the known ones.</summary>
    public void Replace(IReadOnlyList<Fact> facts)
    {
        var now = new Dictionary<long, Fact>(facts.Count);
        var links = new Dictionary<Delivery, ExplicitLinks>();
        (_changed, _goneFrom) = ([], DateOnly.MaxValue);
        foreach (var fact in facts)
        {
            var id = fact.Reports[0].Id;
            now[id] = fact;
            if (fact is Delivery delivery && ExplicitLinks.Of(delivery) is { } explicitly) links[delivery] = explicitly;
            if (_facts.GetValueOrDefault(id) is var before && before != fact) Change(fact, before);
        }
        foreach (var delivery in links.Keys.Concat(_links.Keys))
            if (now.GetValueOrDefault(delivery.Reports[0].Id) == delivery
                && !Equals(links.GetValueOrDefault(delivery), _links.GetValueOrDefault(delivery))) Change(delivery, null);
        foreach (var (id, fact) in _facts)
            if (!now.ContainsKey(id) && Begin(fact) is var day && day < _goneFrom) _goneFrom = day;
        (_facts, _links) = (now, links);

        void Change(Fact fact, Fact? before) =>
            _changed[fact] = before is not null && Begin(before) is var day && day < Begin(fact) ? day : Begin(fact);
    }

    // First day on which one of its claims can have been stated, or have happened.
    static DateOnly Begin(Fact fact)
    {
        var first = DateOnly.MaxValue;
        foreach (var claim in fact.Claims)
        {
            if (DateWindow.From(claim.Stated).Begin is var stated && stated < first) first = stated;
            if (claim.Happened is { } date && DateWindow.From(date).Begin is var happened && happened < first) first = happened;
        }
        return first;
    }

    // A part depends on its whole, and a cumulative total on totals that repeat it.
    static bool MayBeKept(Fact fact)
    {
        if (fact is Delivery { IsCumulative: true }) return false;
        for (var i = 0; i < fact.Reports.Count; i++)
            if (fact.Reports[i].PartOf is not null) return false;
        return true;
    }

    /// <summary>The commitments to which claims or editors link a delivery, and those from which editors keep it.</summary>
    sealed record ExplicitLinks(bool IsExplicit, IReadOnlyList<Commitment> Targets, IReadOnlyList<Commitment> Excluded)
    {
        public static ExplicitLinks? Of(Delivery delivery) => !delivery.IsExplicit && delivery.Targets.Count == 0 && delivery.ExcludedTargets.Count == 0
            ? null : new(delivery.IsExplicit, delivery.Targets, delivery.ExcludedTargets);

        public bool Equals(ExplicitLinks? other) => other is not null && IsExplicit == other.IsExplicit && Targets.SequenceEqual(other.Targets)
            && Excluded.SequenceEqual(other.Excluded);

        public override int GetHashCode() => HashCode.Combine(IsExplicit, Targets.Count, Excluded.Count);
    }

    static bool AreSame(IReadOnlyList<Claim> a, IReadOnlyList<Claim> b)
    {
        if (a.Count != b.Count) return false;
        for (var i = 0; i < a.Count; i++)
            if (!ReferenceEquals(a[i], b[i])) return false;
        return true;
    }
}
