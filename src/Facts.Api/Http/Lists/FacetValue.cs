namespace Facts.Api.Http;

/// <summary>One value of a facet: how often, and the list narrowed to it.</summary>
internal sealed record FacetValue(string? Value, string? Label, long Count, string Link);
