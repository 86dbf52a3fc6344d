namespace Facts.Api.Http;

/// <summary>Metadata of an endpoint that reads longer bodies than the server does by default, for those who read the body before the endpoint does.</summary>
/// <param name="Bytes">The longest body that is read, as it is sent.</param>
internal sealed record BodyLimit(long Bytes);
