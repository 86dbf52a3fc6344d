namespace Facts.Api.Pages;

/// <summary>The store in a few numbers.</summary>
/// <param name="Version">Number of its changes.</param>
/// <param name="Name">Its name, by the setting <c>Facts:Name</c>.</param>
/// <param name="Description">Its description, by the setting <c>Facts:Description</c>.</param>
/// <param name="First">First day on which a claim was stated; null without claims.</param>
/// <param name="Last">Last day on which a claim was stated; null without claims.</param>
/// <param name="Updated">Moment of the last change; null for an empty store.</param>
/// <param name="Claims">Number of claims that count.</param>
/// <param name="Articles">Number of articles.</param>
/// <param name="Publishers">Number of publishers.</param>
/// <param name="IsSample">True if its claims are those of the sample, true or not in whole.</param>
internal sealed record StoreSummary(
    long Version, string Name, string Description, DateOnly? First, DateOnly? Last, DateTimeOffset? Updated, long Claims, long Articles, long Publishers,
    bool IsSample)
{
    /// <summary>Name of those who publish it, by the setting <c>Facts:Publisher</c>; else the name of the store.</summary>
    public required string Publisher { get; init; }

    /// <summary>Address or name of its licence, by the setting <c>Facts:License</c>; null where nothing is said.</summary>
    public required string? License { get; init; }

    public string Period => First is { } first && Last is { } last ? first.Year == last.Year ? $"{first.Year}" : $"{first.Year} to {last.Year}" : "no data yet";
}
