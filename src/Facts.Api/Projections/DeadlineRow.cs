namespace Facts.Api.Projections;

/// <summary>A deadline, and the claim that set it.</summary>
/// <param name="DueOn">The deadline (EDTF).</param>
/// <param name="DueFrom">First day of it; null where open.</param>
/// <param name="DueTo">Last day of it; null where open.</param>
/// <param name="ClaimId">Number of the claim.</param>
/// <param name="StatedOn">When that was stated (EDTF).</param>
internal sealed record DeadlineRow(string DueOn, DateOnly? DueFrom, DateOnly? DueTo, long ClaimId, string StatedOn);
