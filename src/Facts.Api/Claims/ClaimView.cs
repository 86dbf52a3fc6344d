using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>A claim in a response: the stored claim with its article and its record times.</summary>
internal sealed class ClaimView
{
    public required ClaimRow Claim { get; init; }
    public required ArticleRow Article { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset? SupersededAt { get; init; }

    /// <summary>Claims of all editions. Those that count have no <c>superseded_at</c>.</summary>
    public static IQueryable<ClaimView> All(FactsContext database) =>
        from claim in database.Set<ClaimRow>().AsNoTracking()
        join article in database.Set<ArticleRow>() on claim.ArticleId equals article.Id
        join recorded in database.Set<ChangeRow>() on claim.RecordedIn equals recorded.Id
        join ended in database.Set<ChangeRow>() on claim.SupersededIn equals (long?)ended.Id into ends
        from superseded in ends.DefaultIfEmpty()
        select new ClaimView { Claim = claim, Article = article, RecordedAt = recorded.RecordedAt, SupersededAt = (DateTimeOffset?)superseded!.RecordedAt };

    public static readonly ListSchema<ClaimView> Fields = new ListSchema<ClaimView>("Claim")
        .Id("id", c => c.Claim.Id, "Id of the claim. A new edition has a new id.")
        .Field("external_id", c => c.Claim.ExternalId, "The caller's own id, unique within the article.")
        .Field("article_id", c => c.Claim.ArticleId, "Id of the article.")
        .Field("article_url", c => c.Article.Url, "Address of the article.")
        .Field("article_external_id", c => c.Article.ExternalId, "The caller's own id of the article.")
        .Field("article_title", c => c.Article.Title, "Title of the article.")
        .Field("article_publisher", c => c.Article.Publisher, "Publisher of the article.", facet: true)
        .Dated("article_published_on", c => c.Article.PublishedOn, c => c.Article.PublishedTo ?? c.Article.PublishedFrom,
            "by the last day it can have been", "Publication date of the article (EDTF).")
        .Field("article_language", c => c.Article.Language, "Language of the article.", facet: true)
        .Field("article_status", c => c.Article.Status, "Status of the article. Claims of a retracted article do not count.",
            facet: true, words: EnumWords.All<ArticleStatus>())
        .Field("kind", c => c.Claim.Kind, "The event that the claim reports or announces.", facet: true, words: EnumWords.All<ClaimKind>(), example: "pledge")
        .Field("firmness", c => c.Claim.Firmness, "Of a pledge: how binding it is.", facet: true, words: EnumWords.All<Firmness>())
        .Field("donors", c => c.Claim.Donors, "Donors; several give jointly. Of a request: the parties asked.", example: "DEU")
        .Field("recipient", c => c.Claim.Recipient, "Recipient.", facet: true, example: "UKR")
        .Field("items", c => c.Claim.Items, "Items; several mean any of them.", example: "iris-t")
        .Field("quantity_low", c => c.Claim.QuantityLow, "Lower bound, inclusive; null if unspecified.")
        .Field("quantity_high", c => c.Claim.QuantityHigh, "Upper bound, inclusive; null if unspecified or without bound.")
        .Field("quantity_qualifier", c => c.Claim.QuantityQualifier, "Precision of the number as reported.",
            facet: true, words: EnumWords.All<QuantityQualifier>())
        .Field("quantity_basis", c => c.Claim.QuantityBasis, "The thing that the number counts.", facet: true, words: EnumWords.All<QuantityBasis>())
        .Field("quantity_text", c => c.Claim.QuantityText, "The source's words for the number.")
        .Field("unit", c => c.Claim.Unit, "Unit counted.", facet: true, example: "system")
        .Dated("stated_on", c => c.Claim.StatedOn, c => c.Claim.StatedFrom ?? c.Claim.StatedTo,
            "by the first day it can have been", "Date of the statement (EDTF).")
        .Field("stated_from", c => c.Claim.StatedFrom, "First possible day of the statement, inclusive; null if open.")
        .Field("stated_to", c => c.Claim.StatedTo, "Last possible day of the statement, inclusive; null if open.")
        .Dated("happened_on", c => c.Claim.HappenedOn, c => c.Claim.HappenedTo ?? c.Claim.HappenedFrom,
            "by the last day it can have been", "Of a delivery: the date on which it reached its stage (EDTF).")
        .Field("happened_from", c => c.Claim.HappenedFrom, "First possible day of `happened_on`, inclusive; null if open.")
        .Field("happened_to", c => c.Claim.HappenedTo, "Last possible day of `happened_on`, inclusive; null if open.")
        .Dated("due_on", c => c.Claim.DueOn, c => c.Claim.DueTo ?? c.Claim.DueFrom, "by the last day it can be", "Deadline (EDTF).")
        .Field("due_from", c => c.Claim.DueFrom, "First possible day of the deadline, inclusive; null if open.")
        .Field("due_to", c => c.Claim.DueTo, "Last possible day of the deadline, inclusive; null if open.")
        .Field("stage", c => c.Claim.Stage, "Of a delivery: its stage.", facet: true, words: EnumWords.All<Stage>())
        .Field("condition", c => c.Claim.Condition, "Condition on which a pledge depends.")
        .Field("condition_met", c => c.Claim.ConditionMet, "Whether the condition is met.")
        .Field("on_hold", c => c.Claim.OnHold, "In an amendment: deliveries suspended or resumed.")
        .Field("commitment", c => c.Claim.Commitment, "Key of the commitment that the claim is about, or that a delivery fulfils.")
        .Field("delivery", c => c.Claim.Delivery, "Key of the delivery that the claim is about.")
        .Field("request", c => c.Claim.Request, "Key of the request that the claim is about.")
        .Field("assessment", c => c.Claim.Assessment, "Of an assessment: its verdict.", facet: true, words: EnumWords.All<AssessmentKind>())
        .Field("part_of", c => c.Claim.PartOf, "Key of the larger commitment that contains this one.")
        .Field("quote", c => c.Claim.Quote, "The exact passage of the article.")
        .Field("quote_prefix", c => c.Claim.QuotePrefix, "Text before the quote.")
        .Field("quote_suffix", c => c.Claim.QuoteSuffix, "Text after the quote.")
        .Field("claimant", c => c.Claim.Claimant, "Person or body that makes the claim.")
        .Field("attribution", c => c.Claim.Attribution, "How the article identifies the claimant.", facet: true, words: EnumWords.All<Attribution>())
        .Field("rank", c => c.Claim.Rank, "Rank that an editor gives the claim.", facet: true, words: EnumWords.All<Rank>())
        .Field("note", c => c.Claim.Note, "Free text.")
        .Field("recorded_at", c => c.RecordedAt, "Time at which the claim was recorded (UTC).")
        .Field("superseded_at", c => c.SupersededAt, "Time from which the claim does not count; null while it counts.")
        .Field("superseded_by", c => c.Claim.SupersededBy, "Id of the claim that superseded it; null if it counts or was withdrawn.")
        .Parameter("q", WireType.Text, "Words to be found in the article's title, the quote or the note.", example: "systems")
        .Parameter("donor", WireType.Text, "Donor: one of these codes, names or aliases.", many: true, example: "Germany")
        .Parameter("recipient", WireType.Text, "Recipient: one of these codes, names or aliases.", many: true, example: "UKR")
        .Parameter("item", WireType.Text, "Items: one of these, or an item below one of them; code, name or alias.", many: true, example: "air-defence")
        .Set("donor", c => string.Join("+", c.Claim.Donors), c => c.Claim.Donors)
        .Set("item", c => string.Join("|", c.Claim.Items))
        .Parameter("unit", WireType.Text, "Unit: one of these.", many: true, example: "system")
        .Parameter("stated_from", "Stated on or after this day, by the first possible day of the statement.",
            (c, day) => (c.Claim.StatedFrom ?? c.Claim.StatedTo) >= day)
        .Parameter("stated_to", "Stated on or before this day, by the first possible day of the statement.",
            (c, day) => (c.Claim.StatedFrom ?? c.Claim.StatedTo) <= day)
        .Parameter("happened_from", "Happened on or after this day, by the last possible day of the event.",
            (c, day) => (c.Claim.HappenedTo ?? c.Claim.HappenedFrom) >= day)
        .Parameter("happened_to", "Happened on or before this day, by the last possible day of the event.",
            (c, day) => (c.Claim.HappenedTo ?? c.Claim.HappenedFrom) <= day)
        .Parameter("due_from", "Due on or after this day, by the last day of the deadline.",
            (c, day) => c.Claim.DueOn != null && (c.Claim.DueTo == null || c.Claim.DueTo >= day))
        .Parameter("due_to", "Due on or before this day, by the last day of the deadline.", (c, day) => (c.Claim.DueTo ?? c.Claim.DueFrom) <= day)
        .Timed()
        .Embed<ArticleRow>("article", "The article of the claim.", ArticleEndpoints.Fields);

    /// <summary>Embeds the article, which is read with the claim.</summary>
    public static Task<Func<ClaimView, object?>> Embedded(string name, IReadOnlyList<ClaimView> rows, CancellationToken cancel) =>
        Task.FromResult<Func<ClaimView, object?>>(claim => claim.Article);
}
