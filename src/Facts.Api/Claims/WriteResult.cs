using Facts.Api.Changes;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>What a load did. Errors and warnings name rows.</summary>
internal sealed record WriteResult(int Created, int Updated, int Unchanged, int Failed, IReadOnlyList<ProblemError> Errors, IReadOnlyList<ProblemError> Warnings, IReadOnlyList<long> Ids)
{
    public static WriteResult Nothing { get; } = new(0, 0, 0, 0, [], [], []);

    /// <summary>The first balances that moved.</summary>
    public IReadOnlyList<BalanceChange> Balances { get; init; } = [];

    /// <summary>How many moved in all.</summary>
    public int BalancesMoved { get; init; }

    /// <summary>The counts of both.</summary>
    public WriteResult Plus(WriteResult next) =>
        new(Created + next.Created, Updated + next.Updated, Unchanged + next.Unchanged, Failed + next.Failed, [], [], []);
}
