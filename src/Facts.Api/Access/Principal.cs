namespace Facts.Api.Access;

/// <summary>A key as it is stored, or what a token says.</summary>
/// <param name="Id">Its number; null of the first admin key and of a token.</param>
/// <param name="ExpiresOn">The last day on which it is good (UTC); null for ever.</param>
internal sealed record Principal(long? Id, IReadOnlyCollection<KeyScope> Scopes, bool IsRevoked, DateOnly? ExpiresOn)
{
    /// <summary>Whose token it is: issuer and, after a space, subject. The same for all tokens of one caller; null of a key.</summary>
    public string? Subject { get; init; }
}
