using Facts.Api.Claims;
using Facts.Api.Http;
using Microsoft.AspNetCore.Components;

namespace Facts.Api.Pages;

/// <summary>A list as a page shows it: its path, its usual columns and facets, and how it is asked.</summary>
internal sealed record ListKind<TRow>(string Path, string Title, ListSchema<TRow> Schema) where TRow : class
{
    /// <summary>Parameters that choose how a list is sent. A page has its own ways.</summary>
    static readonly string[] OfSending = ["embed", "facet", "count", "format", "bom", "header", "raw", "download"];

    /// <summary>The parameters of the page: all filters of the list, and its order, columns and pages.</summary>
    public IReadOnlyList<ParameterSpec> Parameters { get; } = [.. Schema.Parameters().Where(p => !OfSending.Contains(p.Name))];

    /// <summary>The filters of the list, with <c>as_of</c> and <c>known_at</c>.</summary>
    public IReadOnlyList<ParameterSpec> Filters => [.. Parameters.Where(p => p.Name is not ("sort" or "fields" or "limit" or "cursor"))];

    /// <summary>Ways to follow what the list finds, by its filters: the name of each, and its path.</summary>
    public IReadOnlyList<(string Name, string Path)> Follow { get; init; } = [];

    /// <summary>The usual order.</summary>
    public required string Sort { get; init; }

    public required IReadOnlyList<string> Facets { get; init; }

    /// <summary>Usual columns: title, field to sort by, whether it is a number, and the cell of a row.</summary>
    public required IReadOnlyList<(string Title, string? Sort, bool IsNumber, Func<TRow, IReadOnlyDictionary<string, string>,
        RenderFragment> Cell)> Columns
    { get; init; }

    /// <summary>Shows a row as a passage, with the words of a search and the names that have them; null for a list that is a table.</summary>
    public Func<TRow, string?, IEnumerable<string>, RenderFragment>? Passage { get; init; }

    /// <summary>The names by which a search found a row, where words of it are not in the row's text.</summary>
    public Func<TRow, IReadOnlyList<SearchWord>, IReadOnlyDictionary<string, string>, IEnumerable<string>> FoundBy { get; init; } = (_, _, _) => [];
}
