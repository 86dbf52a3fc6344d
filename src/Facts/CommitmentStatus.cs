namespace Facts;

/// <summary>How far a commitment has come.</summary>
public enum CommitmentStatus
{
    /// <summary>Nothing has arrived of it.</summary>
    Open,
    /// <summary>Something has arrived, and something may be outstanding.</summary>
    Partial,
    /// <summary>Certainly nothing is outstanding.</summary>
    Fulfilled,
    /// <summary>It was taken back: nothing is committed any more.</summary>
    Cancelled,
}
