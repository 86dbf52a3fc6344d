using Facts.Api.Articles;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>The columns, filters and embedded rows of claims.</summary>
internal static class ClaimListSchema
{
    public static readonly ListSchema<ClaimResponse> Fields = new ListSchema<ClaimResponse>("Claim")
        .Id("id", c => c.Claim.Id, "Number of the claim. Each edition of a claim has its own.")
        .Field("external_id", c => c.Claim.ExternalId, "The id that the importer gave the claim, unique within the article.")
        .Field("article_id", c => c.Claim.ArticleId, "Number of the article.")
        .Field("article_url", c => c.Article.Url, "Address of the article.")
        .Field("article_external_id", c => c.Article.ExternalId, "The id that the importer gave the article; null where none was given.")
        .Field("article_title", c => c.Article.Title, "Title of the article.")
        .Field("article_publisher", c => c.Article.Publisher, "Publisher of the article.", facet: true)
        .Dated("article_published_on", c => c.Article.PublishedOn, c => c.Article.PublishedTo ?? c.Article.PublishedFrom,
            "by the last day it can have been", "Day of publication of the article (EDTF).")
        .Field("article_language", c => c.Article.Language, "Language of the article.", facet: true)
        .Field("article_status", c => c.Article.Status, "Status of the article. The claims of a `retracted` article do not count.", facet: true,
            words: EnumWords.All<ArticleStatus>())
        .Field("kind", c => c.Claim.Kind, "Kind of statement: a pledge, a delivery, a request and so on.", facet: true, words: EnumWords.All<ClaimKind>(),
            example: "pledge")
        .Field("firmness", c => c.Claim.Firmness, "Binding force of a pledge; null for other kinds.", facet: true, words: EnumWords.All<Firmness>())
        .Field("donors", c => c.Claim.Donors, "Codes of the donors, who give jointly if there are several. In a request: the parties that are asked.",
            example: "DEU")
        .Field("recipient", c => c.Claim.Recipient, "Code of the party that receives.", facet: true, example: "UKR")
        .Field("items", c => c.Claim.Items, "Codes of the items. Several items mean any of them.", example: "iris-t")
        .Field("quantity_low", c => c.Claim.QuantityLow, "Least it can be, inclusive; null where unspecified.")
        .Field("quantity_high", c => c.Claim.QuantityHigh, "Most it can be, inclusive; null where unspecified or without bound.")
        .Field("quantity_qualifier", c => c.Claim.QuantityQualifier, "The way in which the source gave the number: exactly, at least and so on.", facet: true,
            words: EnumWords.All<QuantityQualifier>())
        .Field("quantity_basis", c => c.Claim.QuantityBasis, "Meaning of the number: an increment, a cumulative total so far, what remains, or a total.",
            facet: true, words: EnumWords.All<QuantityBasis>())
        .Field("quantity_text", c => c.Claim.QuantityText, "The quantity in the words of the source.")
        .Field("unit", c => c.Claim.Unit, "Unit in which the quantity is counted.", facet: true, example: "system")
        .Dated("stated_on", c => c.Claim.StatedOn, c => c.Claim.StatedFrom ?? c.Claim.StatedTo,
            "by the first day it can have been", "Day on which it was stated (EDTF).")
        .Field("stated_from", c => c.Claim.StatedFrom, "First day on which it can have been stated, inclusive; null where open.")
        .Field("stated_to", c => c.Claim.StatedTo, "Last day on which it can have been stated, inclusive; null where open.")
        .Dated("happened_on", c => c.Claim.HappenedOn, c => c.Claim.HappenedTo ?? c.Claim.HappenedFrom,
            "by the last day it can have been", "Day on which a delivery reached its stage (EDTF); null for other kinds.")
        .Field("happened_from", c => c.Claim.HappenedFrom, "First day on which the delivery can have reached its stage, inclusive; null where open.")
        .Field("happened_to", c => c.Claim.HappenedTo, "Last day on which the delivery can have reached its stage, inclusive; null where open.")
        .Dated("due_on", c => c.Claim.DueOn, c => c.Claim.DueTo ?? c.Claim.DueFrom, "by the last day it can be", "Deadline (EDTF); null where there is none.")
        .OrderedByIndex("stated_on", "due_on")
        .Field("due_from", c => c.Claim.DueFrom, "First day on which the deadline can be, inclusive; null where open.")
        .Field("due_to", c => c.Claim.DueTo, "Last day on which the deadline can be, inclusive; null where open.")
        .Field("stage", c => c.Claim.Stage, "Stage that a delivery has reached; null for other kinds.", facet: true, words: EnumWords.All<Stage>())
        .Field("condition", c => c.Claim.Condition, "Condition of the pledge, in words; null where there is none.")
        .Field("condition_met", c => c.Claim.ConditionMet, "True if the condition is met; null where the claim does not say.")
        .Field("on_hold", c => c.Claim.OnHold, "In an amendment: true suspends the deliveries, false resumes them; null leaves them as they are.")
        .Field("commitment", c => c.Claim.Commitment, "Key of the commitment that the claim is about or that the delivery fulfils.")
        .Field("delivery", c => c.Claim.Delivery, "Key of the delivery that the claim is about.")
        .Field("request", c => c.Claim.Request, "Key of the request that the claim is about.")
        .Field("assessment", c => c.Claim.Assessment, "Result of an assessment; null for other kinds.", facet: true, words: EnumWords.All<AssessmentKind>())
        .Field("part_of", c => c.Claim.PartOf, "Key of the larger commitment that contains this one; null where there is none.")
        .Field("quote", c => c.Claim.Quote, "The exact passage of the article; in square brackets if it is in other words.")
        .Field("quote_prefix", c => c.Claim.QuotePrefix, "Text before the quoted passage.")
        .Field("quote_suffix", c => c.Claim.QuoteSuffix, "Text after the quoted passage.")
        .Field("claimant", c => c.Claim.Claimant, "Person or body that makes the statement.")
        .Field("attribution", c => c.Claim.Attribution, "The way in which the article names the claimant, for example by name or anonymously.", facet: true,
            words: EnumWords.All<Attribution>())
        .Field("rank", c => c.Claim.Rank, "Rank that an editor gave the claim among claims that disagree with it.", facet: true, words: EnumWords.All<Rank>())
        .Field("note", c => c.Claim.Note, "A note of the caller that recorded the claim.")
        .Field("recorded_at", c => c.RecordedAt, "Moment at which the claim was recorded (UTC).")
        .Field("superseded_at", c => c.SupersededAt, "Moment from which the claim no longer counts (UTC); null while it counts.")
        .Field("superseded_by", c => c.Claim.SupersededBy, "Number of the claim that replaced this one; null where none did.")
        .Parameter("q", WireType.Text, "Words to find in title, quote, note and names of parties and items.", example: "systems")
        .Parameter("donor", WireType.Text, "Given by one of these: code, name or alias.", many: true, example: "Germany")
        .Parameter("recipient", WireType.Text, "Given to one of these: code, name or alias.", many: true, example: "UKR")
        .Parameter("item", WireType.Text, "One of these items or what is below them: code, name or alias.", many: true, example: "air-defence")
        .Set("donor", c => string.Join("+", c.Claim.Donors), c => c.Claim.Donors)
        .Set("item", c => string.Join("|", c.Claim.Items))
        .Parameter("unit", WireType.Text, "Only claims counted in one of these units.", many: true, example: "system")
        .Parameter("stated_from", "Stated on or after this day, compared by the first day on which it can have been stated.",
            (c, day) => (c.Claim.StatedFrom ?? c.Claim.StatedTo) >= day)
        .Parameter("stated_to", "Stated on or before this day, compared by the first day on which it can have been stated.",
            (c, day) => (c.Claim.StatedFrom ?? c.Claim.StatedTo) <= day)
        .Parameter("happened_from", "Happened on or after this day, compared by the last day on which it can have happened.",
            (c, day) => (c.Claim.HappenedTo ?? c.Claim.HappenedFrom) >= day)
        .Parameter("happened_to", "Happened on or before this day, compared by the last day on which it can have happened.",
            (c, day) => (c.Claim.HappenedTo ?? c.Claim.HappenedFrom) <= day)
        .Parameter("due_from", "Due on or after this day, by the last day of the deadline.",
            (c, day) => c.Claim.DueOn != null && (c.Claim.DueTo == null || c.Claim.DueTo >= day))
        .Parameter("due_to", "Due on or before this day, by the last day of the deadline.", (c, day) => (c.Claim.DueTo ?? c.Claim.DueFrom) <= day)
        .Timed()
        .Embed<ArticleRow>("article", "The article that the claim is from.", ArticleListSchema.Fields);
}
