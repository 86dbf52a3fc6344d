namespace Facts;

/// <summary>What a row's numbers rest on besides its own facts: a model that was delivered to a class that was pledged is in another row.</summary>
public static class ContributingFacts
{
    /// <summary>The facts at the other end of its links, the parts of its wholes, and what takes away from its needs; in the facts' order.</summary>
    /// <param name="row">The row's facts.</param>
    /// <param name="all">All facts, from the same view.</param>
    /// <param name="items">The tree of items.</param>
    public static IReadOnlyList<FactState> Find(IReadOnlyCollection<FactState> row, IEnumerable<FactState> all, ItemTree items)
    {
        var own = row.Select(s => s.Fact).ToHashSet();
        var linked = row.SelectMany(s => s.Links).SelectMany(l => new Fact[] { l.Commitment, l.Delivery }).ToHashSet();
        var wholes = row.OfType<CommitmentState>().Where(c => c.PartsTaken is not null).Select(c => c.FactId).ToHashSet();
        var needs = row.OfType<RequestState>().Where(r => r.Met != Interval.Zero)
            .GroupBy(r => (r.Recipient, r.Unit, r.Items), (of, requests) => (Of: of, Begins: requests.Min(r => r.Begins))).ToList();
        return [.. all.Where(s => !own.Contains(s.Fact) && (linked.Contains(s.Fact) || s is CommitmentState { WholeId: { } whole } && wholes.Contains(whole) || IsGiven(s)))];

        bool IsGiven(FactState s) => needs.Exists(n => (s.Recipient, s.Unit) == (n.Of.Recipient, n.Of.Unit) && s.Ends >= n.Begins && items.AllUnder(s.Items, n.Of.Items))
            && Supply.From([s]).Any(g => g.Number != Interval.Zero);
    }
}
