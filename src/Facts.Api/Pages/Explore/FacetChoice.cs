namespace Facts.Api.Pages;

/// <summary>One value of a facet.</summary>
/// <param name="Value">The value as the parameter takes it.</param>
/// <param name="Label">The value for readers.</param>
/// <param name="Count">Number of facts or claims with it.</param>
/// <param name="Depth">Steps below the top of a tree; 0 where there is no tree.</param>
internal sealed record FacetChoice(string Value, string Label, long Count, int Depth = 0);
