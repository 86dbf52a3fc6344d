using Facts.Api.Articles;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>
/// Turns valid rows into claims: finds parties, items and articles, and fills in unit, dates and external id where a row leaves them out. A row that names an
/// unknown thing is refused. One resolver serves all batches of an attempt, since rows may refer to names, articles and rows of earlier batches.
/// </summary>
/// <param name="database">Its transaction is open.</param>
/// <param name="options">The options of the import.</param>
/// <param name="names">The catalogue, with the names that the import creates.</param>
/// <param name="earlier">The rows of earlier batches, to find repetitions.</param>
/// <param name="today">A statement on a later day is in the future.</param>
internal sealed class ClaimResolver(FactsContext database, WriteOptions options, NameResolver names, DuplicateRows earlier, DateOnly today)
{
    /// <summary>Finds the articles that valid rows of a batch name.</summary>
    public Task<ArticleLookup> FindArticlesAsync(CheckedBatch batch, CancellationToken cancel) =>
        ArticleStore.FindAsync(database, [.. batch.Valid.Select(r => NameOf(r.Claim!))], cancel);

    /// <summary>Resolves a batch, without the database.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="articles">Its articles: <see cref="FindArticlesAsync"/>.</param>
    public ResolvedBatch Resolve(CheckedBatch batch, ArticleLookup articles)
    {
        var resolved = new ResolvedBatch(batch.Rows, batch.Errors, articles);
        foreach (var row in batch.Readable) Resolve(row, resolved);
        return resolved;
    }

    void Resolve(ParsedRow row, ResolvedBatch batch)
    {
        var claim = row.Claim!;
        var errors = new List<ProblemError>();
        var isRefused = batch.Errors.IsRefused(row);
        var donors = (claim.Donors ?? []).Select((d, i) => names.Party(d, code => BatchErrors.At(row, $"donors[{i}]", code, ""), errors, !isRefused)).ToList();
        var recipient = claim.Recipient is { } r ? names.Party(r, code => BatchErrors.At(row, "recipient", code, ""), errors, !isRefused) : null;
        var items = (claim.Items ?? []).Select((name, i) => names.Item(name, code => BatchErrors.At(row, $"items[{i}]", code, ""), errors, !isRefused))
            .ToList();
        foreach (var warning in names.TakeWarnings()) batch.Errors.Warn(warning);
        if (isRefused)
        {
            // All errors of a row are reported at once, so its unknown names too.
            foreach (var error in errors.Where(e => BatchErrors.WasRead(row, e))) batch.Errors.Refuse(row, error);
            return;
        }

        var article = FindOrAddArticle(row, batch, errors);
        var unit = UnitOf(claim, items);
        if (unit is null && (claim.Low ?? claim.High) is not null && claim.Kind is "request" or "pledge" or "delivery")
            errors.Add(BatchErrors.At(row, "unit", Problems.Required.Code, "is needed: the item has no usual unit, and a number counts something"));
        var stated = errors.Count == 0 ? StatedOn(row, article!, errors) : null;
        if (errors.Count > 0)
        {
            foreach (var error in errors) batch.Errors.Refuse(row, error);
            return;
        }

        var codes = CodeSet.From(items.Select(i => i!.Code));
        var resolved = claim.ToClaim(CodeSet.From(donors!), recipient, codes, unit, stated!, HappenedOn(claim, article!, stated!), names.Trees(codes));
        resolved.ExternalId = claim.ExternalId ?? ExternalIdFor(article!, resolved);
        if (options.Resolve == ResolvePolicy.Keyed) resolved.SetStandaloneKey(article!.ExternalId ?? article.Url!);
        if (options.Missing != MissingPolicy.Keep) batch.ArticleDays[article!] = claim.ArticlePublishedOn ?? batch.ArticleDays.GetValueOrDefault(article!);
        if (claim.ExternalId is not null && earlier.FindDuplicate(article!, resolved, row.Row) is { } duplicate)
        {
            if (duplicate.IsEqual) batch.Repeated++;
            else batch.Errors.Refuse(row, BatchErrors.At(row, "external_id", Problems.DuplicateRow.Code,
                $"row {duplicate.Row} has the same external_id in the same article and says something else", claim.ExternalId));
            return;
        }
        batch.Add(new(row, article!, resolved));
        Warn(row, article!, resolved, batch.Errors);
    }

    static ArticleRow? FindOrAddArticle(ParsedRow row, ResolvedBatch batch, List<ProblemError> errors)
    {
        var claim = row.Claim!;
        if (batch.Articles.Find(NameOf(claim)) is { } known)
        {
            foreach (var (column, stored, sent) in new[]
            {
                ("article_title", known.Title, claim.ArticleTitle), ("article_publisher", known.Publisher, claim.ArticlePublisher),
                ("article_published_on", known.PublishedOn, claim.ArticlePublishedOn), ("article_language", known.Language, claim.ArticleLanguage),
            })
                if (sent is not null && sent != stored)
                    batch.Errors.Warn(BatchErrors.At(row, column, Problems.Conflict.Code,
                        $"differs from the stored article, which says '{stored}' and stays as it is", sent));
            return known;
        }

        if (claim.ArticleId is { } id)
        {
            errors.Add(BatchErrors.At(row, "article_id", Problems.UnknownArticle.Code, $"there is no article {id}", id.ToString()));
            return null;
        }

        var published = claim.ArticlePublishedOn is { } text ? FuzzyDate.Parse(text) : null;
        return batch.Articles.Add(new ArticleRow
        {
            ExternalId = claim.ArticleExternalId,
            Url = claim.ArticleUrl,
            Title = claim.ArticleTitle,
            Publisher = claim.ArticlePublisher,
            PublishedOn = published?.Text,
            PublishedFrom = published?.From,
            PublishedTo = published?.To,
            Language = claim.ArticleLanguage,
        });
    }

    /// <summary>The claim's unit, or the usual unit that all its items share. Changes and assessments take the unit of their fact instead.</summary>
    static string? UnitOf(ClaimRequest claim, List<Item?> items)
    {
        if (claim.Unit is { } given) return Unit.Normalize(given);
        if (claim.Kind is "amendment" or "cancellation" or "assessment") return null;
        return items.OfType<Item>().Select(i => i.Unit).Distinct().ToList() is [var usual] ? usual : null;
    }

    /// <summary>
    /// An external id for a row that has none. By content, so that the same file sent again finds its claims; the second of two equal rows of an article gets
    /// number 2, and is another claim.
    /// </summary>
    string ExternalIdFor(ArticleRow article, ClaimRow claim) => options.IsFile
        ? $"row:{claim.Content}-{earlier.CountEqual(article, claim.Content)}"
        : "claim:" + Guid.CreateVersion7().ToString("N");

    static ArticleName NameOf(ClaimRequest claim) => new(claim.ArticleId, claim.ArticleExternalId, claim.ArticleUrl);

    static FuzzyDate? StatedOn(ParsedRow row, ArticleRow article, List<ProblemError> errors)
    {
        if ((row.Claim!.StatedOn ?? article.PublishedOn) is { } text) return FuzzyDate.Parse(text);
        if (row.Claim.HappenedOn is { } happened) return FuzzyDate.Parse(happened);
        errors.Add(BatchErrors.At(row, "stated_on", Problems.Required.Code, "is needed: neither the claim nor its article has a date"));
        return null;
    }

    /// <summary>The day of a delivery. Without one, it took place by the day of its article, or by the end of its statement if that is earlier.</summary>
    static FuzzyDate? HappenedOn(ClaimRequest claim, ArticleRow article, FuzzyDate stated)
    {
        if (claim.Kind != "delivery") return null;
        if (claim.HappenedOn is { } text) return FuzzyDate.Parse(text);
        var end = article.PublishedTo is { } published && (stated.To is not { } statedTo || published < statedTo) ? published : stated.To ?? stated.From!.Value;
        return FuzzyDate.OnOrBefore(end);
    }

    /// <summary>Warns of dates, units, words and keys that are possible but look wrong.</summary>
    void Warn(ParsedRow row, ArticleRow article, ClaimRow claim, BatchErrors errors)
    {
        if (claim.DueTo is { } due && claim.StatedFrom is { } statedFrom && due < statedFrom)
            errors.Warn(BatchErrors.At(row, "due_on", Problems.InvalidDate.Code, "the deadline is before the statement", claim.DueOn));
        if (claim.StatedFrom is { } stated && article.PublishedTo is { } published && stated > published)
            errors.Warn(BatchErrors.At(row, "stated_on", Problems.InvalidDate.Code, "was stated after the article was published", claim.StatedOn));
        else if (claim.StatedFrom > today)
            errors.Warn(BatchErrors.At(row, "stated_on", Problems.InvalidDate.Code, "was stated in the future", claim.StatedOn));
        if (row.Claim!.Unit is not null && names.SimilarUnit(claim.Unit!) is { } similar)
            errors.Warn(BatchErrors.At(row, "unit", Problems.InvalidValue.Code,
                $"is a unit of its own, which is never added to others{Suggestions.Hint(similar)}", row.Claim.Unit) with
            { Suggestion = similar });
        if (row.Claim.QuantityQualifier == "vague" && claim.QuantityQualifier == "unspecified")
            errors.Warn(BatchErrors.At(row, "quantity_text", Problems.InvalidQuantity.Code, "is no plain tens, dozens or hundreds, so the claim has no number; "
                + "give quantity_low or quantity_high if the source bounds it", claim.QuantityText));
        foreach (var (column, key) in new[]
        {
            ("commitment", claim.Commitment), ("delivery", claim.Delivery), ("request", claim.Request), ("part_of", claim.PartOf),
        })
            if (key is not null && (key == "-" || MissingWords.Contains(key)))
                errors.Warn(BatchErrors.At(row, column, Problems.InvalidValue.Code,
                    "looks like a missing value, and all claims with this key are about one fact; leave it out if there is no key", key));
    }
}
