using Facts.Api.Articles;
using Facts.Api.Changes;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Claims;

/// <summary>A claim as it is answered: the record as stored beside its article's.</summary>
internal sealed class ClaimView
{
    public required ClaimRow Claim { get; init; }
    public required ArticleRow Article { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset? SupersededAt { get; init; }

    /// <summary>All editions; the ones that count have no <c>superseded_at</c>.</summary>
    public static IQueryable<ClaimView> All(FactsContext database) =>
        from claim in database.Set<ClaimRow>().AsNoTracking()
        join article in database.Set<ArticleRow>() on claim.ArticleId equals article.Id
        join recorded in database.Set<ChangeRow>() on claim.RecordedIn equals recorded.Id
        join ended in database.Set<ChangeRow>() on claim.SupersededIn equals (long?)ended.Id into ends
        from superseded in ends.DefaultIfEmpty()
        select new ClaimView { Claim = claim, Article = article, RecordedAt = recorded.RecordedAt, SupersededAt = (DateTimeOffset?)superseded!.RecordedAt };

    public static readonly ListSchema<ClaimView> Fields = new ListSchema<ClaimView>("Claim")
        .Id("id", c => c.Claim.Id, "The claim's number; a new edition has a new one.")
        .Field("external_id", c => c.Claim.ExternalId, "The loader's own id, unique within the article.")
        .Field("article_id", c => c.Claim.ArticleId, "Number of the article.")
        .Field("article_url", c => c.Article.Url, "Address of the article.")
        .Field("article_external_id", c => c.Article.ExternalId, "The loader's own id of the article.")
        .Field("article_title", c => c.Article.Title, "Title of the article.")
        .Field("article_publisher", c => c.Article.Publisher, "Who published it.", facet: true)
        .Dated("article_published_on", c => c.Article.PublishedOn, c => c.Article.PublishedTo ?? c.Article.PublishedFrom, "by the last day it can have been", "When it was published (EDTF).")
        .Field("article_language", c => c.Article.Language, "Its language.", facet: true)
        .Field("article_status", c => c.Article.Status, "Whether its claims count.", facet: true, words: EnumWords.All<ArticleStatus>())
        .Field("kind", c => c.Claim.Kind, "What it says happened or should happen.", facet: true, words: EnumWords.All<ClaimKind>(), example: "pledge")
        .Field("firmness", c => c.Claim.Firmness, "Of a pledge: how binding it is.", facet: true, words: EnumWords.All<Firmness>())
        .Field("donors", c => c.Claim.Donors, "Who gives, jointly where several; of a request who is asked.", example: "DEU")
        .Field("recipient", c => c.Claim.Recipient, "Who receives.", facet: true, example: "UKR")
        .Field("items", c => c.Claim.Items, "What; any of them where several.", example: "iris-t")
        .Field("quantity_low", c => c.Claim.QuantityLow, "Least it can be, inclusive; null where unspecified.")
        .Field("quantity_high", c => c.Claim.QuantityHigh, "Most it can be, inclusive; null where unspecified or without bound.")
        .Field("quantity_qualifier", c => c.Claim.QuantityQualifier, "How the number was reported.", facet: true, words: EnumWords.All<QuantityQualifier>())
        .Field("quantity_basis", c => c.Claim.QuantityBasis, "What the number counts.", facet: true, words: EnumWords.All<QuantityBasis>())
        .Field("quantity_text", c => c.Claim.QuantityText, "The words of the source.")
        .Field("unit", c => c.Claim.Unit, "What is counted.", facet: true, example: "system")
        .Dated("stated_on", c => c.Claim.StatedOn, c => c.Claim.StatedFrom ?? c.Claim.StatedTo, "by the first day it can have been", "When it was said (EDTF).")
        .Field("stated_from", c => c.Claim.StatedFrom, "First day it can have been said; null where open.")
        .Field("stated_to", c => c.Claim.StatedTo, "Last day it can have been said; null where open.")
        .Dated("happened_on", c => c.Claim.HappenedOn, c => c.Claim.HappenedTo ?? c.Claim.HappenedFrom, "by the last day it can have been", "Of a delivery: when it reached its stage (EDTF).")
        .Field("happened_from", c => c.Claim.HappenedFrom, "First day of that; null where open.")
        .Field("happened_to", c => c.Claim.HappenedTo, "Last day of that; null where open.")
        .Dated("due_on", c => c.Claim.DueOn, c => c.Claim.DueTo ?? c.Claim.DueFrom, "by the last day it can be", "Deadline (EDTF).")
        .Field("due_from", c => c.Claim.DueFrom, "First day of the deadline; null where open.")
        .Field("due_to", c => c.Claim.DueTo, "Last day of the deadline; null where open.")
        .Field("stage", c => c.Claim.Stage, "Of a delivery: how far it has come.", facet: true, words: EnumWords.All<Stage>())
        .Field("condition", c => c.Claim.Condition, "A condition not met yet.")
        .Field("condition_met", c => c.Claim.ConditionMet, "Whether the condition is met.")
        .Field("on_hold", c => c.Claim.OnHold, "In an amendment: deliveries suspended or resumed.")
        .Field("commitment", c => c.Claim.Commitment, "Key of the commitment it is about or fulfils.")
        .Field("delivery", c => c.Claim.Delivery, "Key of the delivery it is about.")
        .Field("request", c => c.Claim.Request, "Key of the request it is about.")
        .Field("assessment", c => c.Claim.Assessment, "Of an assessment: what it says.", facet: true, words: EnumWords.All<AssessmentKind>())
        .Field("part_of", c => c.Claim.PartOf, "Key of the larger commitment this one is inside.")
        .Field("quote", c => c.Claim.Quote, "The exact passage.")
        .Field("quote_prefix", c => c.Claim.QuotePrefix, "What stands before it.")
        .Field("quote_suffix", c => c.Claim.QuoteSuffix, "What stands after it.")
        .Field("claimant", c => c.Claim.Claimant, "Who says so.")
        .Field("attribution", c => c.Claim.Attribution, "How the claimant is named.", facet: true, words: EnumWords.All<Attribution>())
        .Field("rank", c => c.Claim.Rank, "An editor's word on it.", facet: true, words: EnumWords.All<Rank>())
        .Field("note", c => c.Claim.Note, "Free text.")
        .Field("recorded_at", c => c.RecordedAt, "When it was recorded (UTC).")
        .Field("superseded_at", c => c.SupersededAt, "From when on it does not count; null while it does.")
        .Field("superseded_by", c => c.Claim.SupersededBy, "The claim that took its place.")
        .Parameter("q", WireType.Text, "Words to be found in the article's title, the quote or the note.", example: "systems")
        .Parameter("donor", WireType.Text, "Given by one of these: code, name or alias.", many: true, example: "Germany")
        .Parameter("recipient", WireType.Text, "Given to one of these: code, name or alias.", many: true, example: "UKR")
        .Parameter("item", WireType.Text, "One of these items or what is below them: code, name or alias.", many: true, example: "air-defence")
        .Set("donor", c => string.Join("+", c.Claim.Donors), c => c.Claim.Donors)
        .Set("item", c => string.Join("|", c.Claim.Items))
        .Parameter("unit", WireType.Text, "Counted in one of these.", many: true, example: "system")
        .Parameter("stated_from", "Said on or after this day, by the first day it can have been.", (c, day) => (c.Claim.StatedFrom ?? c.Claim.StatedTo) >= day)
        .Parameter("stated_to", "Said on or before this day, by the first day it can have been.", (c, day) => (c.Claim.StatedFrom ?? c.Claim.StatedTo) <= day)
        .Parameter("happened_from", "Took place on or after this day, by the last day it can have been.", (c, day) => (c.Claim.HappenedTo ?? c.Claim.HappenedFrom) >= day)
        .Parameter("happened_to", "Took place on or before this day, by the last day it can have been.", (c, day) => (c.Claim.HappenedTo ?? c.Claim.HappenedFrom) <= day)
        .Parameter("due_from", "Due on or after this day, by the last day of the deadline.", (c, day) => c.Claim.DueOn != null && (c.Claim.DueTo == null || c.Claim.DueTo >= day))
        .Parameter("due_to", "Due on or before this day, by the last day of the deadline.", (c, day) => (c.Claim.DueTo ?? c.Claim.DueFrom) <= day)
        .Timed()
        .Embed<ArticleRow>("article", "The article it stands in.", ArticleEndpoints.Fields);

    /// <summary>The article was read with the claim.</summary>
    public static Task<Func<ClaimView, object?>> Embedded(string name, IReadOnlyList<ClaimView> rows, CancellationToken cancel) =>
        Task.FromResult<Func<ClaimView, object?>>(claim => claim.Article);
}
