namespace Facts;

/// <summary>Equal donors, recipient and unit. Only facts with these equal can be matched, or can repeat one another.</summary>
internal readonly record struct Bucket(CodeSet Donors, string Recipient, string? Unit)
{
    public static Bucket Of(Fact fact) => new(fact.Donors, fact.Recipient, fact.Unit);
}
