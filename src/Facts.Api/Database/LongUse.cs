namespace Facts.Api.Database;

/// <summary>A use of the store that lasts as long as a caller, a lock or a computation does. <see cref="UseLimits"/> bounds each of them.</summary>
internal enum LongUse
{
    /// <summary>A file that is read while it is sent, or the verification.</summary>
    Export,

    /// <summary>A question that stored rows do not answer.</summary>
    Computation,

    /// <summary>A stream of events.</summary>
    Stream,

    /// <summary>A write, from its first connection on.</summary>
    Write,

    /// <summary>A write that waits for a lock.</summary>
    Wait,
}
