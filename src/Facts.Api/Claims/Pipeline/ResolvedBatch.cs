using Facts.Api.Articles;

namespace Facts.Api.Claims;

/// <summary>A batch whose valid rows have become claims: names, articles, units and dates are found.</summary>
/// <param name="Rows">All rows of the batch.</param>
/// <param name="Errors">Errors and warnings so far; storing may add to them.</param>
/// <param name="Articles">Articles found, and articles that the rows create.</param>
internal sealed record ResolvedBatch(IReadOnlyList<ParsedRow> Rows, BatchErrors Errors, ArticleLookup Articles)
{
    readonly List<ResolvedClaim> _claims = [];

    /// <summary>Claims of the rows that are not refused.</summary>
    public IEnumerable<ResolvedClaim> Claims => _claims.Where(c => !Errors.IsRefused(c.Sent));

    /// <summary>New articles that are named by at least one row that is not refused.</summary>
    public List<ArticleRow> NewArticles
    {
        get
        {
            var named = Claims.Select(c => c.Article).ToHashSet();
            return [.. Articles.New.Where(named.Contains)];
        }
    }

    /// <summary>Rows that repeat an earlier row of the same import.</summary>
    public int Repeated { get; set; }

    /// <summary>Articles that rows name, with the publication day that the file gives; null if it gives none. Filled only with <c>missing=</c>.</summary>
    public Dictionary<ArticleRow, string?> ArticleDays { get; } = [];

    public void Add(ResolvedClaim claim) => _claims.Add(claim);
}
