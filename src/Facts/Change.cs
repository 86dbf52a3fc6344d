namespace Facts;

/// <summary>One change of a commitment, however many claims report it.</summary>
internal sealed record Change(Claim Claim, Period Period, IReadOnlyList<Claim> Claims)
{
    public static IReadOnlyList<Change> Of(IReadOnlyList<Claim> claims) => throw new NotImplementedException();
}
