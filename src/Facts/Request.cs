namespace Facts;

/// <summary>A stated need.</summary>
public sealed class Request : Fact
{
    internal Request(string? key, IReadOnlyList<Claim> reports, IReadOnlyList<Claim> others)
        : base(FactKind.Request, key, reports, others)
    {
    }
}
