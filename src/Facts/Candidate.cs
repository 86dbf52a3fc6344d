namespace Facts;

/// <summary>
/// A pair for the review queue: <see cref="A"/> and <see cref="B"/> may be one fact. A comes before B in the order of facts.
/// For <see cref="CandidateReason.Remaining"/>, <see cref="Claim"/> is a pledge without a fact, and A and B are two open commitments that it fits.
/// For every other reason, Claim is null.
/// </summary>
public sealed record Candidate(CandidateReason Reason, Fact A, Fact B, Claim? Claim)
{
    /// <summary>Ids of the two facts, and of the claim if there is one, joined by hyphens: <c>3-7</c>.</summary>
    public string Id => IdOf(A.Id, B.Id, Claim?.Id);

    /// <summary>The id of the pair of two facts, and of the claim if there is one.</summary>
    public static string IdOf(long a, long b, long? claim) => claim is null ? $"{a}-{b}" : $"{a}-{b}-{claim}";
}
