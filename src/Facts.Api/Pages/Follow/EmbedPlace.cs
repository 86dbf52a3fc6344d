namespace Facts.Api.Pages;

/// <summary>The chart of a question, to be put into other pages.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="Full">Address of the page with the whole answer.</param>
internal sealed record EmbedPlace(ChartQuestion.Chart Chart, string Full);
