namespace Facts.Api.Access;

/// <summary>An OpenID provider whose tokens the service accepts like keys.</summary>
/// <param name="Authority">Address of the provider. Its discovery document is below this address.</param>
/// <param name="Audience">The <c>aud</c> of the provider's tokens for this service.</param>
internal sealed record TokenIssuer(Uri Authority, string Audience);
