using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>Counts, errors and warnings of a batch. Errors and warnings name their rows.</summary>
/// <param name="Created">Claims that are new.</param>
/// <param name="Updated">Claims that supersede an older edition.</param>
/// <param name="Unchanged">Rows that were stored already, or that repeat an earlier row.</param>
/// <param name="Failed">Rows that were refused.</param>
/// <param name="Errors">Errors by row. A row may have several.</param>
/// <param name="Warnings">Warnings by row.</param>
/// <param name="Ids">Ids of the claims that say what the rows say.</param>
internal sealed record WriteResult(
    int Created, int Updated, int Unchanged, int Failed, IReadOnlyList<ProblemError> Errors, IReadOnlyList<ProblemError> Warnings, IReadOnlyList<long> Ids)
{
    /// <summary>Stored pledges whose number the rows correct.</summary>
    public int NumbersCorrected { get; init; }

    /// <summary>The claims that were stored now, as they are stored.</summary>
    public IReadOnlyList<ResolvedClaim> Written { get; init; } = [];

    /// <summary>Their record time; null where nothing was stored.</summary>
    public DateTimeOffset? RecordedAt { get; init; }
}
