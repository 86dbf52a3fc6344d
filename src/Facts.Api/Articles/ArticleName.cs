namespace Facts.Api.Articles;

/// <summary>The name by which a claim refers to its article: the id if given, otherwise the external id, otherwise the URL.</summary>
internal sealed record ArticleName(long? Id, string? ExternalId, string? Url);
