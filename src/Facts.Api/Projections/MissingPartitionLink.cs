namespace Facts.Api.Projections;

/// <summary>
/// A missing link between partitions. A fact is stored with its first claim (<c>Home</c>). Its merged donors, recipient, items and unit may belong to another
/// partition (<c>Concern</c>). The two must then be linked and recomputed together. Example: one claim has the donors "Germany and France", a second claim of
/// the same fact only the unit. A claim with items of several trees, or with an item that has moved to another tree, needs such links too.
/// </summary>
/// <param name="Home">Name of the partition in which the fact is stored.</param>
/// <param name="Concern">The partition to which its merged values belong.</param>
internal sealed record MissingPartitionLink(string Home, PartitionKey Concern)
{
    /// <summary>The missing links of facts, one for each partition that was not resolved with them.</summary>
    /// <param name="partitions">The partitions that were resolved together.</param>
    /// <param name="facts">Their facts.</param>
    /// <param name="items">The item tree as it is now.</param>
    public static List<MissingPartitionLink> Find(string[] partitions, IEnumerable<Fact> facts, ItemTree items)
    {
        var known = partitions.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from fact in facts
               from concern in Concerns(fact, items)
               where known.Add(concern.Name)
               select new MissingPartitionLink(FactRows.PartitionOf(fact), concern),
        ];
    }

    static IEnumerable<PartitionKey> Concerns(Fact fact, ItemTree items)
    {
        if (fact is Request) return [PartitionKey.Requests(fact.Recipient, fact.Unit)];
        // Each single claim is included: a query by attribution or record time may leave out all other claims of the fact.
        var concerns = fact.Reports.Select(c => (c.Donors, Recipient: c.Recipient!, c.Items, c.Unit))
            .Append((fact.Donors, fact.Recipient, fact.Items, fact.Unit)).Distinct();
        return concerns.SelectMany(c => items.Trees(c.Items).Codes.Select(tree => PartitionKey.From(c.Donors, c.Recipient, CodeSet.From(tree), c.Unit)));
    }
}
