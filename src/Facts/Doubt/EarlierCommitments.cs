namespace Facts;

/// <summary>
/// Tells without computing any state whether a pledge may repeat one of the commitments before it. A state costs a computation of the whole partition, and most
/// pledges repeat nothing. The answer may be yes where the state says no, never the other way round.
/// </summary>
internal sealed class EarlierCommitments(Reach reach, bool hasParts, ItemTree items)
{
    /// <summary>Number of commitments up to which each is compared on its own.</summary>
    const int Few = 50;

    /// <summary>The commitments, or one for each item set and each way in which publishers gave keys if there are many.</summary>
    readonly List<Bounds> _kept = [];

    int _count;

    /// <summary>A commitment with bounds of what is committed in any state.</summary>
    /// <param name="Fact">The commitment.</param>
    /// <param name="Smallest">No state has less committed.</param>
    /// <param name="Largest">No state has more committed.</param>
    readonly record struct Bounds(ComparedFact Fact, decimal Smallest, decimal Largest);

    public bool MayBeRepeatedBy(ComparedFact pledge)
    {
        if (pledge.Size is not { } number) return false;
        foreach (var a in _kept)
            if (a.Largest >= number.Low && !a.Fact.IsKeyedApartFrom(pledge) && items.AreNested(a.Fact.Fact.Items, pledge.Fact.Items)
                && (_count > Few || number.High is not { } high || a.Smallest - reach.Of((Commitment)a.Fact.Fact, pledge.Day) <= high)) return true;
        return false;
    }

    public void Add(ComparedFact commitment)
    {
        var bounds = BoundsOf(commitment);
        var at = ++_count <= Few ? -1 : IndexOfAlike(commitment);
        if (at < 0) _kept.Add(bounds);
        else if (_kept[at].Largest < bounds.Largest) _kept[at] = bounds;
    }

    int IndexOfAlike(ComparedFact commitment)
    {
        for (var i = 0; i < _kept.Count; i++)
            if (_kept[i].Fact.IsKeyedLike(commitment) && _kept[i].Fact.Fact.Items.Equals(commitment.Fact.Items)) return i;
        return -1;
    }

    Bounds BoundsOf(ComparedFact fact)
    {
        var commitment = (Commitment)fact.Fact;
        var (smallest, largest, added) = (decimal.MaxValue, decimal.MinValue, 0m);
        for (var i = 0; i < commitment.Reports.Count; i++)
            if (commitment.Reports[i].Quantity is { } size)
                (smallest, largest) = (Math.Min(smallest, size.Low), Math.Max(largest, size.High ?? decimal.MaxValue));
        if (largest < smallest) return new(fact, 0, decimal.MaxValue);
        // Changes may leave less, and so do parts: they are taken out of their whole, and get what exceeds it.
        if (commitment.Changes.Count > 0 || hasParts) smallest = 0;
        for (var i = 0; i < commitment.Changes.Count; i++)
        {
            if (commitment.Changes[i].Claim is not { Kind: ClaimKind.Amendment, Quantity: { } number } change) continue;
            if (number.High is not { } high) return new(fact, 0, decimal.MaxValue);
            if (change.Basis == QuantityBasis.Total) largest = Math.Max(largest, high);
            else added += Math.Max(0, high);
        }
        return new(fact, smallest, largest == decimal.MaxValue ? largest : largest + added);
    }
}
