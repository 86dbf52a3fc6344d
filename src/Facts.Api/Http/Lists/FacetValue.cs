namespace Facts.Api.Http;

/// <summary>One value of a facet: the number of rows that have it, and a link to them.</summary>
internal sealed record FacetValue(string? Value, string? Label, long Count, string Link);
