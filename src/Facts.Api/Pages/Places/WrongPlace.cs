using Facts.Api.Http;

namespace Facts.Api.Pages;

/// <summary>A page for parameters that the page of a thing does not take.</summary>
internal sealed record WrongPlace(IReadOnlyList<ProblemError> Errors, PageQuestion Question);
