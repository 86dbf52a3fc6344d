namespace Facts.Api.Claims;

/// <summary>The moment at which an import locks the partitions that it writes: see <see cref="LockPlan"/>.</summary>
internal enum LockTiming
{
    /// <summary>Before the only batch is stored: all partitions are known by then.</summary>
    UpFront,

    /// <summary>After the only batch, since claims that the file dropped are found only then (<c>missing=</c>).</summary>
    AtEnd,

    /// <summary>
    /// After the last of many batches. Writers of other partitions then wait only while facts are computed, not while the file is read.
    /// One bulk import runs at a time.
    /// </summary>
    Bulk,
}
