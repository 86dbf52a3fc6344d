namespace Facts;

/// <summary>Commitments that are part of larger ones (docs/semantics.md#parts).</summary>
internal static class CommitmentParts
{
    /// <summary>Assigns each part to its whole and takes it out of the whole. A <c>part_of</c> that would put a commitment inside itself is ignored.</summary>
    public static void TakeOut(CommitmentWorks commitments)
    {
        var inside = commitments.All.Where(s => s.PartOf is not null).ToList();
        if (inside.Count == 0) return;
        foreach (var part in inside.OrderBy(s => s.Commitment.First, ClaimOrder.ByName))
            if (part.Commitment.Wholes.TryGetValue(part.PartOf!, out var key) && commitments.Of(key) is { } whole && !Contains(part, whole))
            {
                part.Inside = whole;
                whole.AddPart(part);
                if (part.IsIntent || part.Whole is not { } now || part.Commitment.Unit != whole.Commitment.Unit) continue;
                whole.TakeOut(part.Original ?? Interval.Zero, now + part.Cancelled); // so that cancelling a part makes the whole smaller
            }
        // Parts that are certainly larger than their whole: one of the numbers is wrong.
        foreach (var whole in commitments.All) whole.Conflict |= whole.HasTakingParts && whole.PartsNow.Low > whole.Whole?.High;
    }

    /// <summary>Parts that get what exceeds the whole: earliest deadline first, each followed by its own parts.</summary>
    public static IEnumerable<CommitmentWork> Open(CommitmentWork whole) =>
        whole.Parts.Where(p => p.TakesPart && p.Commitment.Unit == whole.Commitment.Unit)
            .OrderBy(p => p.Due?.To ?? DateOnly.MaxValue).ThenBy(p => p.Stated).ThenBy(p => p.Commitment.First, ClaimOrder.ByName)
            .SelectMany(p => Open(p).Prepend(p));

    // True if the supposed part contains the supposed whole already.
    static bool Contains(CommitmentWork part, CommitmentWork whole)
    {
        for (CommitmentWork? at = whole; at is not null; at = at.Inside)
            if (at == part) return true;
        return false;
    }
}
