namespace Facts.Api.Docs;

/// <summary>One page of the documentation as it is sent.</summary>
/// <param name="Html">The whole document in UTF-8, with its style.</param>
/// <param name="Tag">The ETag: a hash of the bytes. It is weak, since compressions differ in their bytes.</param>
internal sealed record DocsPage(byte[] Html, string Tag);
