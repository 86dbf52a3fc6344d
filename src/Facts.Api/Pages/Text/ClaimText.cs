using Facts.Api.Claims;

namespace Facts.Api.Pages;

/// <summary>Claims in a line.</summary>
internal static class ClaimText
{
    /// <summary>A claim by its event, donors and items: "Cut: Germany: IRIS-T, 2 systems".</summary>
    public static string Of(ClaimRow claim, IReadOnlyDictionary<string, string> names)
    {
        var donors = string.Join(" and ", claim.Donors.Select(d => names.GetValueOrDefault("party:" + d, d)));
        var items = string.Join(" or ", claim.Items.Select(i => names.GetValueOrDefault("item:" + i, i)));
        var about = string.Join(": ", new[] { donors, items }.Where(t => t.Length > 0));
        return $"{Event(claim)}: {(about.Length > 0 ? about + ", " : "")}{ClaimParts.Amount(claim)}";
    }

    /// <summary>The event that a claim reports, in a word.</summary>
    public static string Event(ClaimRow claim) => claim switch
    {
        { Kind: "pledge" } => "Promised",
        { Kind: "cancellation" } => "Cut",
        { Kind: "amendment" } => "Changed",
        { Kind: "delivery" } => "Delivered",
        { Assessment: "denial" } => "Denied",
        _ => "Assessed",
    };
}
