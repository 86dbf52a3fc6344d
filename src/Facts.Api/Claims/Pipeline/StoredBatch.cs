namespace Facts.Api.Claims;

/// <summary>A batch after storing.</summary>
internal sealed class StoredBatch(ResolvedBatch batch)
{
    public ResolvedBatch Resolved => batch;

    public int Created { get; set; }
    public int Updated { get; set; }
    public int Unchanged { get; set; } = batch.Repeated;

    /// <summary>Stored pledges whose number the rows correct.</summary>
    public int NumbersCorrected { get; set; }

    /// <summary>Ids of the claims that say what the rows say: first those that were stored before, then those stored now.</summary>
    public List<long> Ids { get; } = [];

    /// <summary>The claims that were stored now.</summary>
    public List<ResolvedClaim> Written { get; } = [];

    /// <summary>Ids of stored claims that the file repeats. Filled only with <c>missing=</c>, which ends the other claims of the articles.</summary>
    public List<long> UnchangedIds { get; } = [];

    /// <summary>The counts, errors and warnings of the batch.</summary>
    /// <param name="isRefused">True if the import is refused. Nothing is stored then, so only errors are counted.</param>
    public WriteResult ToResult(bool isRefused) => new(
        isRefused ? 0 : Created, isRefused ? 0 : Updated, isRefused ? 0 : Unchanged, batch.Errors.RefusedRows, batch.Errors.Errors, batch.Errors.Warnings, Ids)
    {
        NumbersCorrected = isRefused ? 0 : NumbersCorrected,
        Written = Written,
    };
}
