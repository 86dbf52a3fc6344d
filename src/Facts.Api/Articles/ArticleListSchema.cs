using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Articles;

/// <summary>The columns, filters and embedded rows of articles.</summary>
internal static class ArticleListSchema
{
    public static readonly ListSchema<ArticleRow> Fields = new ListSchema<ArticleRow>("Article")
        .Id("id", a => a.Id, "The article's number.")
        .Field("external_id", a => a.ExternalId, "The id that the importer gave the article. It identifies the article; null where none was given.")
        .Field("url", a => a.Url, "Address of the article. It identifies the article where there is no `external_id`.")
        .Field("title", a => a.Title, "Title of the article.")
        .Field("publisher", a => a.Publisher, "Publisher of the article.", facet: true)
        .Field("author", a => a.Author, "Author of the article, a person or several.")
        .Dated("published_on", a => a.PublishedOn, a => a.PublishedTo ?? a.PublishedFrom, "by the last day it can have been", "Day of publication (EDTF).")
        .Field("published_from", a => a.PublishedFrom, "First day on which the article can have been published, inclusive; null where open.")
        .Field("published_to", a => a.PublishedTo, "Last day on which the article can have been published, inclusive; null where open.")
        .Field("retrieved_at", a => a.RetrievedAt, "Moment at which the article was read (UTC); null where unknown.")
        .Field("language", a => a.Language, "Language of the article.", facet: true)
        .Field("status", a => a.Status, "Status of the article. The claims of a `retracted` article do not count.", facet: true,
            words: EnumWords.All<ArticleStatus>())
        .Field("recorded_at", a => a.RecordedAt, "Moment at which the article was recorded (UTC).")
        .Parameter("published_from", "Published on or after this day, by the last day it can have been.", (a, day) => (a.PublishedTo ?? a.PublishedFrom) >= day)
        .Parameter("published_to", "Published on or before this day, by the last day it can have been.", (a, day) => (a.PublishedTo ?? a.PublishedFrom) <= day)
        .Embed<IEnumerable<EvidenceRow>>("claims",
            "The claims of the article that are not superseded, each with its quote, ordered by the day on which they were stated.");
}
