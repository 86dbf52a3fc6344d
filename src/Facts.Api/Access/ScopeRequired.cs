namespace Facts.Api.Access;

/// <summary>Marks an endpoint that only a key or token of this scope may call.</summary>
internal sealed record ScopeRequired(KeyScope Scope);
