namespace Facts.Api.Claims;

/// <summary>What becomes of claims that a new edition of their article no longer holds.</summary>
internal enum MissingPolicy { Keep, Withdraw, Cancel }
