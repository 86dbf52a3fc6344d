namespace Facts.Api.Claims;

/// <summary>
/// The treatment of claims that a new edition of their article no longer holds. Cancel: the donor took the pledge back. Withdraw: our record was wrong.
/// </summary>
internal enum MissingPolicy { Keep, Withdraw, Cancel }
