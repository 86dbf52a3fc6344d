namespace Facts.Api.Claims;

/// <summary>The treatment of claims without a key. Auto: they may report one fact together with other claims. Keyed: each is a fact of its own.</summary>
internal enum ResolvePolicy { Auto, Keyed }
