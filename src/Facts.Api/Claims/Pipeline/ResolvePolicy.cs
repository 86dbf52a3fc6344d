namespace Facts.Api.Claims;

/// <summary>Whether claims without a key may be reports of what others report, or each is a fact of its own.</summary>
internal enum ResolvePolicy { Auto, Keyed }
