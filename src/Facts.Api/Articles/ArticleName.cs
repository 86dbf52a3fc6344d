namespace Facts.Api.Articles;

/// <summary>How a claim names its article: by number, else external id, else url.</summary>
internal sealed record ArticleName(long? Id, string? ExternalId, string? Url);
