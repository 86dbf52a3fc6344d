namespace Facts;

/// <summary>Donors, recipient, items and unit: of a fact, or as a claim gives them.</summary>
internal readonly record struct Subject(CodeSet Donors, string? Recipient, CodeSet Items, string? Unit)
{
    public static Subject Of(Claim claim) => new(claim.Donors, claim.Recipient, claim.Items, claim.EffectiveUnit);

    public static Subject Of(Fact fact) => new(fact.Donors, fact.Recipient, fact.Items, fact.Unit);
}
