using Facts.Api.Perimeters;
using Microsoft.AspNetCore.WebUtilities;

namespace Facts.Api.Pages;

/// <summary>The page of a perimeter: what it is, and the answer to its question.</summary>
internal sealed record PerimeterPlace(PerimeterRow Row, ExploreModel Explore)
{
    /// <summary>Address of the page of a perimeter.</summary>
    public static string Address(string code) => "/perimeters/" + code;

    /// <summary>The question of a perimeter at the page Explore.</summary>
    public static PageAddress Question(PerimeterRow perimeter) => new("/",
        [.. QueryHelpers.ParseQuery(perimeter.Filter).SelectMany(p => p.Value, (p, value) => (p.Key, value ?? ""))]);
}
