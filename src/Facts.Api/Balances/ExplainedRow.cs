namespace Facts.Api.Balances;

/// <summary>A row and what has to do with it.</summary>
/// <param name="Row">With the facts that count in it.</param>
/// <param name="Beside">Facts of other rows that its numbers rest on.</param>
/// <param name="Uncounted">Facts that would be in it and do not count.</param>
/// <param name="NotYet">Facts of any row that do not exist by the day.</param>
/// <param name="Undecided">Claims of what remains that belong to no fact yet.</param>
internal sealed record ExplainedRow(BalanceRow Row, IReadOnlyList<FactState> Beside, IReadOnlyList<FactState> Uncounted, IReadOnlyList<Fact> NotYet, IReadOnlyList<Claim> Undecided);
