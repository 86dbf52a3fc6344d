namespace Facts.Api.Access;

/// <summary>An OpenID provider whose tokens are taken in place of keys.</summary>
/// <param name="Authority">Its address: the discovery document is below it.</param>
/// <param name="Audience">What its tokens call this service.</param>
internal sealed record TokenIssuer(Uri Authority, string Audience);
