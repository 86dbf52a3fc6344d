namespace Facts;

/// <summary>The working values of the commitments of a partition that exist on a day.</summary>
/// <param name="count">Number of commitments of the partition.</param>
internal sealed class CommitmentWorks(int count)
{
    readonly CommitmentWork?[] _byPlace = new CommitmentWork?[count];
    readonly List<CommitmentWork> _all = new(count);

    /// <summary>All of them, in the order of the partition.</summary>
    public IReadOnlyList<CommitmentWork> All => _all;

    /// <summary>Those of a commitment of the partition; null if it does not exist on the day.</summary>
    public CommitmentWork? Of(Commitment commitment) => _byPlace[commitment.Place];

    public void Add(CommitmentWork work)
    {
        _byPlace[work.Commitment.Place] = work;
        _all.Add(work);
    }
}
