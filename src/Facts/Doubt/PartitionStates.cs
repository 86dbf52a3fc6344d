namespace Facts;

/// <summary>
/// The states of a partition on the days on which its facts are compared. Each day costs a computation of the whole partition. So in a very large
/// partition some days share the state of an earlier one of them.
/// </summary>
internal sealed class PartitionStates
{
    /// <summary>Largest number of facts that all computations of one partition together may go through: about half a second.</summary>
    const int MaxWork = 50_000;

    /// <summary>Number of days that are computed however large the partition is.</summary>
    const int MinDays = 2;

    readonly Partition _partition;
    readonly List<DateOnly> _computed = [];
    DateOnly _day = DateOnly.MinValue;
    PartitionOnDay? _state;

    public PartitionStates(Partition partition, IEnumerable<DateOnly> days)
    {
        _partition = partition;
        var all = days.Distinct().Order().ToList();
        var facts = partition.Commitments.Count + partition.Deliveries.Count;
        var most = Math.Max(MinDays, MaxWork / Math.Max(1, facts));
        for (var i = 0; i < Math.Min(most, all.Count); i++) _computed.Add(all[(int)((long)i * all.Count / Math.Min(most, all.Count))]);
    }

    /// <summary>The day whose state stands for a day: this one, or the last computed day before it.</summary>
    public DateOnly Computed(DateOnly day)
    {
        var at = _computed.BinarySearch(day);
        return _computed[at >= 0 ? at : Math.Max(0, ~at - 1)];
    }

    /// <summary>The state on a day, or on the last computed day before it. To be asked in ascending order, since only one state is kept.</summary>
    public PartitionOnDay On(DateOnly day)
    {
        var computed = Computed(day);
        if (_state is null || computed != _day)
            (_state, _day) = (new(_partition.At(EvaluationOptions.Default(computed)), _partition.Deliveries.Count), computed);
        return _state;
    }
}
