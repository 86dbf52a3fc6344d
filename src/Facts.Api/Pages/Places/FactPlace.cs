using Facts.Api.FactLists;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The page of a commitment, a delivery or a request.</summary>
internal sealed record FactPlace
{
    /// <summary><c>commitments</c>, <c>deliveries</c> or <c>requests</c>.</summary>
    public required string Kind { get; init; }

    public required FactRow Row { get; init; }
    public required string Title { get; init; }

    /// <summary>Its numbers and attributes: name, text, and the term that explains the name.</summary>
    public required IReadOnlyList<(string Term, string Text)> About { get; init; }

    public required IReadOnlyList<FactLink> Links { get; init; }

    /// <summary>The facts at the other ends of the links, by number, as far as they are read.</summary>
    public required IReadOnlyDictionary<long, FactRow> Linked { get; init; }

    /// <summary>The commitments that are parts of this one.</summary>
    public IReadOnlyList<CommitmentRow> Parts { get; init; } = [];

    /// <summary>The commitments that this one is a part of.</summary>
    public IReadOnlyList<CommitmentRow> Wholes { get; init; } = [];

    public required IReadOnlyList<EvidenceRow> Evidence { get; init; }

    /// <summary>The history of a commitment; null of other facts.</summary>
    public CommitmentHistory? History { get; init; }

    /// <summary>Open pairs of the review list with the fact.</summary>
    public required IReadOnlyList<ReviewedPair> Pairs { get; init; }

    /// <summary>Last day of its deadline; null without one.</summary>
    public DateOnly? DueTo => (Row as CommitmentRow)?.DueTo;

    /// <summary>Address of the chart of a commitment, with the day and moment of its page.</summary>
    /// <param name="type"><c>svg</c> or <c>png</c>.</param>
    public PageAddress Picture(string type) => Address with { Path = $"/{Kind}/{Row.Id}/chart.{type}" };

    /// <summary>The address of its page.</summary>
    public required PageAddress Address { get; init; }

    public required DateOnly AsOf { get; init; }
    public required IReadOnlyDictionary<string, string> Names { get; init; }
}
