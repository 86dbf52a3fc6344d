namespace Facts.Api.Claims;

/// <summary>The options of a write of claims.</summary>
/// <param name="Mode">The effect of a row whose claim is stored already.</param>
/// <param name="SkipRefused">True if valid rows are stored although others are refused. If not, one refused row refuses the import.</param>
/// <param name="DryRun">True if everything is done and then rolled back.</param>
/// <param name="CreateMissing">The unknown names for which a party or an item is created.</param>
internal sealed record WriteOptions(WriteMode Mode = WriteMode.Upsert, bool SkipRefused = false, bool DryRun = false,
    CreateMissing CreateMissing = CreateMissing.False)
{
    /// <summary>
    /// True if the rows are those of a file, which may be sent again. A row without an external id then gets one from its content, so that the same row is
    /// the same claim; if not, each is a new claim. And a row that says what an earlier file said undoes no correction made since.
    /// </summary>
    public bool IsFile { get; init; }

    /// <summary>The meaning of another number in a row whose claim is stored already.</summary>
    public ChangedPolicy Changed { get; init; } = ChangedPolicy.Correct;

    /// <summary>True if rows may have a rank. Only editors rank claims.</summary>
    public bool MayRank { get; init; } = true;

    /// <summary>The treatment of claims without a key.</summary>
    public ResolvePolicy Resolve { get; init; } = ResolvePolicy.Auto;

    /// <summary>The treatment of claims that the file no longer holds.</summary>
    public MissingPolicy Missing { get; init; } = MissingPolicy.Keep;
}
