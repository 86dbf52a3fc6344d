namespace Facts.Api.Balances;

/// <summary>A row, and the facts and claims that its explanation needs.</summary>
/// <param name="Row">The row, with the facts that count in it.</param>
/// <param name="Related">Facts of other rows that the row's numbers depend on.</param>
/// <param name="Uncounted">Facts that belong to the row but do not count. Example: a delivery below <c>min_stage</c>.</param>
/// <param name="Later">Facts of any row that do not exist yet on the day of the row.</param>
/// <param name="Undecided">Claims about what is still to come that fit several commitments, so that they belong to no fact yet.</param>
/// <param name="Pairs">Open pairs of the review list with a fact that counts in the row, and with another fact that exists on the day.</param>
internal sealed record ExplainedRow(
    BalanceRow Row, IReadOnlyList<FactState> Related, IReadOnlyList<FactState> Uncounted, IReadOnlyList<Fact> Later, IReadOnlyList<Claim> Undecided,
    IReadOnlyList<Candidate> Pairs);
