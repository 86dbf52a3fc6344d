namespace Facts.Api.Access;

/// <summary>A key of the store, as <see cref="ApiKeyCache"/> holds it.</summary>
/// <param name="ExpiresOn">The last day on which the key is valid, in UTC; null without an end.</param>
internal sealed record ApiKey(long Id, IReadOnlyCollection<KeyScope> Scopes, bool IsRevoked, DateOnly? ExpiresOn)
{
    public Principal ToPrincipal() => new(Id, null, Scopes);
}
