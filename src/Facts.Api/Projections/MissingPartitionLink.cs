namespace Facts.Api.Projections;

/// <summary>
/// What concerns a partition that is not its own. A fact may: one of its claims has its donors, another its unit, or the commitment has that it names. So does a claim
/// of items from several trees, or of one that has moved to another. What is there has to do with it, so the two are tied.
/// </summary>
/// <param name="Home">Where it is kept.</param>
/// <param name="Concern">What it concerns.</param>
internal sealed record MissingPartitionLink(string Home, PartitionKey Concern)
{
    /// <summary>Those of a resolution that are not tied to what they concern.</summary>
    /// <param name="partitions">The partitions that were looked at together.</param>
    /// <param name="resolution">What came out.</param>
    /// <param name="items">The tree of items as it is.</param>
    public static List<MissingPartitionLink> Find(string[] partitions, Resolution resolution, ItemTree items)
    {
        var there = partitions.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from fact in resolution.Requests.Concat<Fact>(resolution.Commitments).Concat(resolution.Deliveries)
               from concern in Concerns(fact, items)
               where there.Add(concern.Name)
               select new MissingPartitionLink(FactRows.ScopeOf(fact), concern),
        ];
    }

    static IEnumerable<PartitionKey> Concerns(Fact fact, ItemTree items)
    {
        if (fact is Request) return [PartitionKey.Requests(fact.Recipient, fact.Unit)];
        // Of a single claim too: where others are left out, by who says so or when it was recorded, it may be all there is of the fact.
        var concerns = fact.Reports.Select(c => (c.Donors, Recipient: c.Recipient!, c.Items, c.Unit)).Append((fact.Donors, fact.Recipient, fact.Items, fact.Unit)).Distinct();
        return concerns.SelectMany(c => items.Trees(c.Items).Codes.Select(tree => PartitionKey.From(c.Donors, c.Recipient, CodeSet.From(tree), c.Unit)));
    }
}
