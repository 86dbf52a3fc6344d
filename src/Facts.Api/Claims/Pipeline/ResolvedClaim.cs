using Facts.Api.Articles;

namespace Facts.Api.Claims;

/// <summary>A claim of a load with everything it names found: ready to be stored.</summary>
internal sealed record ResolvedClaim(ParsedRow Sent, ArticleRow Article, ClaimRow Row);
