namespace Facts.Api.Claims;

/// <summary>Whether claims without a key may be reports of what others report, or each is a fact of its own.</summary>
internal enum Resolve { Auto, Keyed }

/// <summary>What becomes of claims that a new edition of their article no longer holds.</summary>
internal enum Missing { Keep, Withdraw, Cancel }
