namespace Facts;

/// <summary>
/// Facts of other rows that a row's numbers depend on. Example: a delivered IRIS-T is in another row than the pledged air defence that it fulfils.
/// </summary>
public static class ContributingFacts
{
    /// <summary>Finds linked facts, the parts of the row's commitments, and the supplies of its requests, in the order of facts.</summary>
    /// <param name="row">Fact states of the row.</param>
    /// <param name="all">All fact states, under the options of the row.</param>
    /// <param name="items">The tree of items.</param>
    public static IReadOnlyList<FactState> Find(IReadOnlyCollection<FactState> row, IEnumerable<FactState> all, ItemTree items)
    {
        var own = row.Select(s => s.Fact).ToHashSet();
        var linked = row.SelectMany(s => s.Links).SelectMany(l => new Fact[] { l.Commitment, l.Delivery }).ToHashSet();
        var wholes = row.OfType<CommitmentState>().Where(c => c.PartsTaken is not null).Select(c => c.FactId).ToHashSet();
        var needs = row.OfType<RequestState>().Where(r => r.Met != Interval.Zero)
            .GroupBy(r => (r.Recipient, r.Unit, r.Items), (subject, requests) => (Subject: subject, Begins: requests.Min(r => r.Begins))).ToList();
        return [.. all.Where(s => !own.Contains(s.Fact)
            && (linked.Contains(s.Fact) || s is CommitmentState { WholeId: { } whole } && wholes.Contains(whole) || ReducesNeed(s)))];

        bool ReducesNeed(FactState s) => needs.Exists(n => (s.Recipient, s.Unit) == (n.Subject.Recipient, n.Subject.Unit)
                && s.Ends >= n.Begins && items.AllUnder(s.Items, n.Subject.Items))
            && Supply.From([s]).Any(g => g.Number != Interval.Zero);
    }
}
