namespace Facts.Api.Pages;

/// <summary>All that surrounds a page: the title, the store, and the address.</summary>
/// <param name="Title">Title of the window, without the name of the store.</param>
/// <param name="Store">The store; null where a page fails before it is read.</param>
/// <param name="Address">Address of the page.</param>
internal sealed record PageFrame(string Title, StoreSummary Store, PageAddress Address)
{
    /// <summary>A sentence for search engines and for those who share the page.</summary>
    public string Description { get; init; } = "Who promised what to whom, and how much of it has arrived.";

    /// <summary>True for a page that others put into theirs: it has no navigation, and may be framed.</summary>
    public bool IsEmbed { get; init; }

    /// <summary>Scheme and host under which the service was asked, for addresses that leave the page.</summary>
    public required string Origin { get; init; }

    /// <summary>The day of the answer, as the interface writes it.</summary>
    public required string AsOf { get; init; }

    /// <summary>Feeds of the page's question: title, type and address.</summary>
    public IReadOnlyList<(string Title, string Type, string Address)> Alternates { get; init; } = [];

    /// <summary>Address of a picture for those who share the page; null where it has none.</summary>
    public string? Image { get; init; }

    /// <summary>A description of the data for search engines (schema.org, JSON-LD); null where the page has none.</summary>
    public string? DataSet { get; init; }
}
