using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// Rows as the list of claims gives them out, which can be loaded as they are. Their article has its number in the store that they came from, so it is
/// known here by its external id or url.
/// </summary>
internal static class ExportColumns
{
    /// <summary>What only the store sets: no part of a claim that is sent.</summary>
    public static readonly IReadOnlySet<string> Own =
        ClaimListSchema.Fields.Fields.Select(f => f.Name).Except(WireMembers.For(typeof(ClaimRequest)).Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether these are the names of an export, not of a row that somebody wrote with an id in it.</summary>
    public static bool Is(IEnumerable<string> names) => Own.All(names.ToHashSet(StringComparer.Ordinal).Contains);

    /// <summary>The claim, without its article's number elsewhere.</summary>
    public static void Take(ClaimRequest claim)
    {
        if (claim.ArticleExternalId is not null || claim.ArticleUrl is not null) claim.ArticleId = null;
    }
}
