using Facts.Api.Perimeters;

namespace Facts.Api.Pages;

/// <summary>The answer to a question about balances.</summary>
internal sealed record ExploreModel
{
    public required QuestionForm Form { get; init; }

    /// <summary>The answer; null where the question has errors.</summary>
    public ExploreAnswer? Answer { get; init; }

    /// <summary>Questions with a name, on the page that asks nothing yet.</summary>
    public IReadOnlyList<PerimeterRow> Perimeters { get; init; } = [];
}
