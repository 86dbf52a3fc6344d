using Microsoft.AspNetCore.Components;

namespace Facts.Api.Pages;

/// <summary>A page of a list of facts, claims or articles.</summary>
internal sealed record ListModel
{
    /// <summary>Filters that all lists of facts and claims share, so that a question can be asked of another list.</summary>
    public static readonly string[] Shared = ["donor", "recipient", "item", "unit", "stated_from", "stated_to", "due_from", "due_to", "as_of", "known_at"];

    public required QuestionForm Form { get; init; }

    /// <summary>Title of the list.</summary>
    public required string Title { get; init; }

    /// <summary>The columns: title, the field to sort by (null for none), and whether it holds numbers.</summary>
    public IReadOnlyList<(string Title, string? Sort, bool IsNumber)> Columns { get; init; } = [];

    /// <summary>The cells of each row.</summary>
    public IReadOnlyList<IReadOnlyList<RenderFragment>> Rows { get; init; } = [];

    /// <summary>The rows as passages, in place of a table; null where the list is a table.</summary>
    public IReadOnlyList<RenderFragment>? Passages { get; init; }

    /// <summary>Address of the next page; null on the last one.</summary>
    public string? Next { get; init; }

    /// <summary>Number of all rows; null on a later page.</summary>
    public long? Count { get; init; }

    /// <summary>True if <see cref="Count"/> is an estimate, because there are too many rows to count.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Questions that look for the words of a search in names of one kind; empty without a search.</summary>
    public IReadOnlyList<(string Text, PageAddress Address)> InNames { get; init; } = [];

    /// <summary>The sort in use: field, with <c>-</c> for descending.</summary>
    public string Sort { get; init; } = "";

    /// <summary>Names of all fields that can be columns.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Ways to follow what the list finds: the name of each, and its address.</summary>
    public IReadOnlyList<(string Name, PageAddress Address)> Follow { get; init; } = [];

    /// <summary>The same list in the interface, as a file.</summary>
    public required PageAddress Data { get; init; }
}
