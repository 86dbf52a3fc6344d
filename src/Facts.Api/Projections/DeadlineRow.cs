namespace Facts.Api.Projections;

/// <summary>A deadline of a commitment, with the claim that set it.</summary>
/// <param name="DueOn">The deadline (EDTF).</param>
/// <param name="DueFrom">First day of the deadline, inclusive; null where it is open.</param>
/// <param name="DueTo">Last day of the deadline, inclusive; null where it is open.</param>
/// <param name="ClaimId">Number of the claim.</param>
/// <param name="StatedOn">Date on which the claim was stated (EDTF).</param>
internal sealed record DeadlineRow(string DueOn, DateOnly? DueFrom, DateOnly? DueTo, long ClaimId, string StatedOn);
