namespace Facts;

/// <summary>A fact with the attributes by which facts are compared for review. None of them depends on a day.</summary>
internal sealed class ComparedFact
{
    readonly string[] _keyPublishers;

    ComparedFact(Fact fact)
    {
        Fact = fact;
        When = FactDraft.When(fact.Reports[0]);
        for (var i = 1; i < fact.Reports.Count; i++) When = DateWindow.Earliest(When, FactDraft.When(fact.Reports[i]));
        Size = SizeOf(fact.Reports);
        Due = ResolvedValue.Resolve(fact.Reports, c => c.Due, ClaimOrder.ByBounds).Value;
        _keyPublishers = fact.Reports.Count == 1
            ? FactDraft.KeyOf(fact.First) is null ? [] : [fact.First.Article.PublisherKey]
            :
            [
                .. fact.Reports.Where(c => FactDraft.KeyOf(c) is not null).Select(c => c.Article.PublisherKey).Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ];
        KeyedBy = string.Join('\u001f', _keyPublishers);
    }

    /// <summary>Orders facts by date, and facts of one date by article and external id.</summary>
    public static IComparer<ComparedFact> ByPlace { get; } = Comparer<ComparedFact>.Create((a, b) => a.Place.CompareTo(b.Place));

    public Fact Fact { get; }

    /// <summary>Its place among all facts by article and external id.</summary>
    public int Number { get; private set; }

    /// <summary>Its place among all facts by date.</summary>
    public int Place { get; private set; }

    /// <summary>The date of its earliest report.</summary>
    public DateWindow When { get; }

    /// <summary>The day on which it is compared with the state of others: the last on which it can have been reported first.</summary>
    public DateOnly Day => When.End == DateOnly.MaxValue ? When.Begin : When.End;

    /// <summary>Its number as its reports give it, before any change; null without one.</summary>
    public Interval? Size { get; }

    /// <summary>Its deadline as its reports give it, before any change; null without one.</summary>
    public FuzzyDate? Due { get; }

    /// <summary>True if its number has one value.</summary>
    public bool HasExactSize => Size is { } size && size.High == size.Low;

    /// <summary>Compares facts for review, without cumulative totals: a repeated one never adds anything.</summary>
    /// <param name="facts">All facts in their order.</param>
    public static List<ComparedFact> From(IReadOnlyList<Fact> facts)
    {
        var compared = new List<ComparedFact>(facts.Count);
        for (var i = 0; i < facts.Count; i++)
            if (facts[i].Reports.Count > 0 && facts[i] is not Delivery { IsCumulative: true })
            {
                var fact = facts[i].Compared ??= new(facts[i]);
                fact.Number = i;
                compared.Add(fact);
            }
        var byDate = compared.ToArray();
        Array.Sort(byDate, (a, b) => a.When.CompareTo(b.When) is not 0 and var order ? order : a.Number.CompareTo(b.Number));
        for (var i = 0; i < byDate.Length; i++) byDate[i].Place = i;
        return compared;
    }

    /// <summary>True if two numbers have a value in common, or if both are unknown.</summary>
    public static bool NumbersOverlap(Interval? a, Interval? b) => a is { } x && b is { } y ? x.Overlaps(y) : a is null && b is null;

    /// <summary>True if one publisher gave the two facts different keys: then they are certainly two.</summary>
    public bool IsKeyedApartFrom(ComparedFact other)
    {
        foreach (var publisher in _keyPublishers)
            if (Array.IndexOf(other._keyPublishers, publisher) >= 0) return true;
        return false;
    }

    /// <summary>The publishers that gave the fact keys, as one text.</summary>
    public string KeyedBy { get; }

    /// <summary>True if the same publishers gave the two facts keys.</summary>
    public bool IsKeyedLike(ComparedFact other) => KeyedBy == other.KeyedBy;

    /// <summary>True if one publisher gave all of the facts keys of their own, so that no two of them are a pair.</summary>
    public static bool AreAllKeyedApart(IReadOnlyList<ComparedFact> facts) =>
        facts.Count > 0 && Array.Exists(facts[0]._keyPublishers, p => facts.All(f => Array.IndexOf(f._keyPublishers, p) >= 0));

    public bool SharesArticleWith(ComparedFact other)
    {
        var (own, others) = (Fact.Reports, other.Fact.Reports);
        for (var i = 0; i < own.Count; i++)
            for (var j = 0; j < others.Count; j++)
                if (own[i].Article.Name == others[j].Article.Name) return true;
        return false;
    }

    /// <summary>
    /// True if the two differ in nothing that corroboration compares, and their dates are close. Then only the guard of one article or one publisher, or
    /// several keys, kept them apart.
    /// </summary>
    public bool IsAlike(ComparedFact other)
    {
        var (a, b) = (Fact.First, other.Fact.First);
        return Fact.Items.Equals(other.Fact.Items) && Size == other.Size && a.Basis == b.Basis
            && (a.Firmness == Firmness.Intent) == (b.Firmness == Firmness.Intent)
            && (a.PartOf is null || b.PartOf is null || a.PartOf == b.PartOf)
            && Deadlines.MayAgree(Due, other.Due) && When.Apart(other.When) <= FirstFit.Tolerance;
    }

    /// <summary>
    /// The number that reports give. Rejections do not report a delivery's number, nor claims of what remains a commitment's; they count only if there is
    /// nothing else.
    /// </summary>
    public static Interval? SizeOf(IReadOnlyList<Claim> reports)
    {
        if (reports.Count == 1) return reports[0].Quantity;
        var sized = reports.Where(c => c.Stage != Stage.Rejected && c.Basis != QuantityBasis.Remaining).ToList();
        return ResolvedValue.ResolveNumber(sized.Exists(c => c.Quantity is not null) ? sized : reports, c => c.Quantity, ClaimOrder.BySize).Value;
    }
}
