namespace Facts.Api.Claims;

/// <summary>How much a load holds, and so when its turns among other writers come.</summary>
internal enum ImportExtent
{
    /// <summary>One chunk of claims. It takes its turn in their partitions before it writes any.</summary>
    Claims,

    /// <summary>One chunk, and what the articles no longer hold. It takes the turn in partitions at its end: which they are is known no sooner.</summary>
    Edition,

    /// <summary>Many chunks, which take long: as an edition, so that it keeps writers elsewhere waiting for no longer than its end takes.</summary>
    Long,
}
