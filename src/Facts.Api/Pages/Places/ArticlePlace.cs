using Facts.Api.Articles;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>The page of an article: the article and its claims.</summary>
internal sealed record ArticlePlace(ArticleRow Row, IReadOnlyList<EvidenceRow> Claims);
