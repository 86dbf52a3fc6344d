namespace Facts.Api.Claims;

/// <summary>How a load is to be carried out.</summary>
/// <param name="SkipRefused">Write the right ones where some are refused; else nothing is written.</param>
/// <param name="DryRun">Do everything and then take it back.</param>
/// <param name="CreateMissing">Make parties and items that are not known yet.</param>
internal sealed record WriteOptions(WriteMode Mode = WriteMode.Upsert, bool SkipRefused = false, bool DryRun = false, bool CreateMissing = false)
{
    /// <summary>Name rows without an external id by what they say; else each is a new claim.</summary>
    public bool NameByContent { get; init; }

    /// <summary>Whether claims may come with a rank, which is an editor's word.</summary>
    public bool MayRank { get; init; } = true;

    /// <summary>What claims without a key are.</summary>
    public ResolvePolicy Resolve { get; init; } = ResolvePolicy.Auto;

    /// <summary>What becomes of claims that the file no longer holds.</summary>
    public MissingPolicy Missing { get; init; } = MissingPolicy.Keep;
}
