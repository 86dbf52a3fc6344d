namespace Facts.Api.Catalogue;

/// <summary>A stored party or item.</summary>
internal interface ICatalogueRow
{
    string Code { get; }
    string Name { get; }
    List<string> Aliases { get; set; }
    long Version { get; set; }

    /// <summary>
    /// Code of the entry into which this one was merged; null where it stands by itself. Its code then answers 308, and its names lead there.
    /// </summary>
    string? MergedInto { get; set; }

    /// <summary>True if it was deleted while claims that no longer count name it. Earlier record times still show its name.</summary>
    bool IsRemoved { get; set; }
}
