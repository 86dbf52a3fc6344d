namespace Facts.Api.Pages;

/// <summary>The values of a parameter that the answer has, with counts.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Title">Its title.</param>
/// <param name="Values">The values, the most frequent first.</param>
internal sealed record Facet(string Name, string Title, IReadOnlyList<FacetChoice> Values);
