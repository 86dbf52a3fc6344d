using Facts.Api.Articles;

namespace Facts.Api.Claims;

/// <summary>A claim of an import whose names are all found: ready to be stored.</summary>
internal sealed record ResolvedClaim(ParsedRow Sent, ArticleRow Article, ClaimRow Row);
