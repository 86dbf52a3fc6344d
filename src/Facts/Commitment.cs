namespace Facts;

/// <summary>Somebody undertakes to give.</summary>
public sealed class Commitment : Fact
{
    internal Commitment(string? key, IReadOnlyList<Claim> pledges, IReadOnlyList<Claim> others, IReadOnlyList<string> keys)
        : base(FactKind.Commitment, key, pledges, others)
    {
        Keys = keys;
        Changes = CommitmentChange.FromClaims(others, Unit, pledges.Min(c => DateWindow.From(c.Stated).Begin));
    }

    /// <summary>All keys it answers to: more than one only where an editor merged.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Amendments and cancellations, each once however many report it, in the order in which they take effect.</summary>
    internal IReadOnlyList<CommitmentChange> Changes { get; }

    /// <summary>The commitments it may be inside, by the keys its pledges give.</summary>
    internal IReadOnlyDictionary<string, Commitment> Wholes { get; set; } = new Dictionary<string, Commitment>();
}
