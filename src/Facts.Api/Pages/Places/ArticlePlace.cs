using Facts.Api.Articles;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The page of an article: the article, its claims, and open pairs of the review list with a fact that it reports.</summary>
internal sealed record ArticlePlace(ArticleRow Row, IReadOnlyList<EvidenceRow> Claims, IReadOnlyList<ReviewedPair> Pairs, bool HasMorePairs);
