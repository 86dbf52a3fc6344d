namespace Facts;

/// <summary>Status of a commitment: the share of it that has arrived.</summary>
public enum CommitmentStatus
{
    /// <summary>Nothing has arrived.</summary>
    Open,
    /// <summary>Something has arrived, and something may be outstanding.</summary>
    Partial,
    /// <summary>Nothing can be outstanding.</summary>
    Fulfilled,
    /// <summary>Changes have left nothing of it.</summary>
    Cancelled,
}
