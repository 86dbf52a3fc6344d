using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// Recognises rows of an export of claims, which can be imported unchanged. Their <c>article_id</c> is an id of the exporting store, so the article is
/// identified by its external id or URL instead.
/// </summary>
internal static class ExportColumns
{
    /// <summary>Columns of an export that only the store sets. A claim that is sent has no such member.</summary>
    public static readonly IReadOnlySet<string> Own =
        ClaimListSchema.Fields.Fields.Select(f => f.Name).Except(WireMembers.For(typeof(ClaimRequest)).Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>True if the names are those of an export: all columns that the store sets are there. One of them alone is a caller's mistake.</summary>
    public static bool Match(IEnumerable<string> names) => Own.All(names.ToHashSet(StringComparer.Ordinal).Contains);

    /// <summary>Removes the article id of the exporting store from a claim, if the article has another name.</summary>
    public static void ClearArticleId(ClaimRequest claim)
    {
        if (claim.ArticleExternalId is not null || claim.ArticleUrl is not null) claim.ArticleId = null;
    }
}
