namespace Facts;

/// <summary>Commitments inside larger ones (DESIGN.md §8, parts).</summary>
internal static class CommitmentParts
{
    /// <summary>Hangs each part on its whole and takes it out of it. An edge that would close a circle is treated as absent.</summary>
    public static void TakeOut(IReadOnlyDictionary<Commitment, CommitmentWork> states)
    {
        var inside = states.Values.Where(s => s.PartOf is not null).OrderBy(s => s.Commitment.First, ClaimOrder.ByName).ToList();
        if (inside.Count == 0) return;
        foreach (var part in inside)
            if (part.Commitment.Wholes.TryGetValue(part.PartOf!, out var key) && states.TryGetValue(key, out var whole) && !Holds(part, whole))
            {
                part.Inside = whole;
                whole.Parts.Add(part);
                if (part.IsIntent || part.Whole is not { } now || part.Commitment.Unit != whole.Commitment.Unit) continue;
                whole.HasTakingParts = true;
                whole.PartsOriginal += part.Original ?? Interval.Zero;
                whole.PartsNow += now + part.Cancelled; // cancelling a part shrinks the whole
            }
        // Parts that are certainly more than the whole they are in: one of the numbers is wrong.
        foreach (var whole in states.Values) whole.Conflict |= whole.HasTakingParts && whole.PartsNow.Low > whole.Whole?.High;
    }

    /// <summary>The parts that what is delivered to the whole goes on to: earliest deadline first, each followed by its own parts.</summary>
    public static IEnumerable<CommitmentWork> Open(CommitmentWork whole) =>
        whole.Parts.Where(p => p.TakesPart && p.Commitment.Unit == whole.Commitment.Unit)
            .OrderBy(p => p.Due?.To ?? DateOnly.MaxValue).ThenBy(p => p.Stated).ThenBy(p => p.Commitment.First, ClaimOrder.ByName)
            .SelectMany(p => Open(p).Prepend(p));

    static bool Holds(CommitmentWork part, CommitmentWork whole)
    {
        for (CommitmentWork? at = whole; at is not null; at = at.Inside)
            if (at == part) return true;
        return false;
    }
}
