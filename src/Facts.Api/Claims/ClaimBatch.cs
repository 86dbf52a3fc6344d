using Facts.Api.Articles;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>A load on its way from what was sent to what is stored: who is refused and why, and who is left.</summary>
/// <param name="sent">Its rows.</param>
/// <param name="options">How to go about it.</param>
/// <param name="rowNames">What rows were called so far.</param>
/// <param name="today">What is said on a later day is said in the future.</param>
internal sealed class ClaimBatch(IReadOnlyList<ParsedRow> sent, WriteOptions options, DuplicateRows rowNames, DateOnly today)
{
    readonly HashSet<int> _refused = [];
    readonly List<ProblemError> _errors = [];
    readonly List<ProblemError> _warnings = [];
    readonly List<ResolvedClaim> _resolved = [];
    int _created, _updated, _unchanged;

    public IReadOnlyList<ProblemError> Errors => _errors;

    /// <summary>Rows that could be read, right or wrong.</summary>
    public IReadOnlyList<ParsedRow> Readable => [.. sent.Where(r => r.Claim is not null)];

    /// <summary>Rows nothing is wrong with so far.</summary>
    public IEnumerable<ParsedRow> Sound => Readable.Where(r => !_refused.Contains(r.Row));

    public IEnumerable<ResolvedClaim> Resolved => _resolved.Where(r => !_refused.Contains(r.Sent.Row));

    /// <summary>Numbers of the claims that say what the rows say: those that were there already, then those that were stored.</summary>
    public List<long> Ids { get; } = [];

    /// <summary>The articles that rows name, with the day of publication that the file gives.</summary>
    public Dictionary<ArticleRow, string?> Editions { get; } = [];

    /// <summary>Numbers of stored claims that the file holds as they are; noted where somebody asks what it no longer holds.</summary>
    public List<long> Held { get; } = [];

    public bool Changed => _created + _updated > 0;

    public WriteResult Report() => new(_created, _updated, _unchanged, _refused.Count, [.. _errors.OrderBy(e => e.Row)], [.. _warnings.OrderBy(w => w.Row)], Ids);

    public void Validate(ClaimRequestValidator validator)
    {
        foreach (var row in sent)
        {
            foreach (var error in row.Errors) Refuse(row, error);
            // Not an object at all: that every member is missing says nothing more.
            if (row.Claim is null || row.Errors.Any(e => e.Pointer == "" && e.Code == Problems.WrongType.Code)) continue;
            foreach (var failure in validator.Validate(row.Claim).Errors)
            {
                var error = At(row, failure.PropertyName, failure.ErrorCode, failure.ErrorMessage, Validation.Sent(failure));
                if (WasRead(row, error)) Refuse(row, error);
            }
            if (!options.MayRank && row.Claim.Rank is not (null or "normal")) Refuse(row, At(row, "rank", Problems.ScopeMissing.Code, "is an editor's word: it needs a key with the scope edit", row.Claim.Rank));
        }
    }

    /// <summary>Finds what a row names, in the catalogue and among the articles; what is not there refuses it.</summary>
    public void Resolve(ParsedRow row, NameResolver names, ArticleLookup articles)
    {
        var claim = row.Claim!;
        var errors = new List<ProblemError>();
        var refused = _refused.Contains(row.Row);
        var donors = (claim.Donors ?? []).Select((d, i) => names.Party(d, code => At(row, $"donors[{i}]", code, ""), errors, !refused)).ToList();
        var recipient = claim.Recipient is { } r ? names.Party(r, code => At(row, "recipient", code, ""), errors, !refused) : null;
        var items = (claim.Items ?? []).Select((item, i) => names.Item(item, code => At(row, $"items[{i}]", code, ""), errors, !refused)).ToList();
        if (refused)
        {
            // All that is wrong with a row is said at once, its unknown names too.
            foreach (var error in errors.Where(e => WasRead(row, e))) Refuse(row, error);
            return;
        }

        var article = Article(row, articles, errors);
        var unit = claim.Unit is { } given ? Unit.Normalize(given)
            : claim.Kind is not ("amendment" or "cancellation" or "assessment") && items.OfType<Item>().Select(i => i.Unit).Distinct().ToList() is [var usual] ? usual : null;
        if (unit is null && (claim.Low ?? claim.High) is not null && claim.Kind is "request" or "pledge" or "delivery")
            errors.Add(At(row, "unit", Problems.Required.Code, "is needed: the item has no usual unit, and a number counts something"));
        var stated = errors.Count == 0 ? Stated(row, article!, errors) : null;
        if (errors.Count > 0)
        {
            foreach (var error in errors) Refuse(row, error);
            return;
        }

        var of = CodeSet.From(items.Select(i => i!.Code));
        var stored = claim.ToClaim(CodeSet.From(donors!), recipient, of, unit, stated!, Happened(claim, article!, stated!), names.Trees(of));
        stored.ExternalId = claim.ExternalId ?? NameFor(article!, stored);
        if (options.Resolve == Claims.ResolvePolicy.Keyed) stored.OwnKey(article!.ExternalId ?? article.Url!);
        if (options.Missing != MissingPolicy.Keep) Editions[article!] = claim.ArticlePublishedOn ?? Editions.GetValueOrDefault(article!);
        if (claim.ExternalId is not null && rowNames.FindDuplicate(article!, stored, row.Row) is { } twin)
        {
            if (twin.IsEqual) _unchanged++;
            else Refuse(row, At(row, "external_id", Problems.DuplicateRow.Code, $"row {twin.Row} has the same external_id in the same article and says something else", claim.ExternalId));
            return;
        }
        _resolved.Add(new(row, article!, stored));
        Warn(row, article!, stored, names);
    }

    ArticleRow? Article(ParsedRow row, ArticleLookup articles, List<ProblemError> errors)
    {
        var claim = row.Claim!;
        if (articles.Find(NameOf(claim)) is { } known)
        {
            foreach (var (column, ours, theirs) in new[]
            {
                ("article_title", known.Title, claim.ArticleTitle), ("article_publisher", known.Publisher, claim.ArticlePublisher),
                ("article_published_on", known.PublishedOn, claim.ArticlePublishedOn), ("article_language", known.Language, claim.ArticleLanguage),
            })
                if (theirs is not null && theirs != ours)
                    _warnings.Add(At(row, column, Problems.Conflict.Code, $"differs from the stored article, which says '{ours}' and stays as it is", theirs));
            return known;
        }

        if (claim.ArticleId is { } id)
        {
            errors.Add(At(row, "article_id", Problems.UnknownArticle.Code, $"there is no article {id}", id.ToString()));
            return null;
        }

        var published = claim.ArticlePublishedOn is { } text ? FuzzyDate.Parse(text) : null;
        return articles.Add(new ArticleRow
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

    /// <summary>The second of two equal rows of one article is another claim, the second time the file is sent too.</summary>
    string NameFor(ArticleRow article, ClaimRow claim)
    {
        if (!options.NameByContent) return "claim:" + Guid.CreateVersion7().ToString("N");
        return $"row:{claim.Content}-{rowNames.Equal(article, claim.Content)}";
    }

    public static ArticleName NameOf(ClaimRequest claim) => new(claim.ArticleId, claim.ArticleExternalId, claim.ArticleUrl);

    static FuzzyDate? Stated(ParsedRow row, ArticleRow article, List<ProblemError> errors)
    {
        if ((row.Claim!.StatedOn ?? article.PublishedOn) is { } text) return FuzzyDate.Parse(text);
        if (row.Claim.HappenedOn is { } happened) return FuzzyDate.Parse(happened);
        errors.Add(At(row, "stated_on", Problems.Required.Code, "is needed: neither the claim nor its article has a date"));
        return null;
    }

    /// <summary>A delivery without a day took place by the day of its article, or by the end of its statement where that is earlier.</summary>
    static FuzzyDate? Happened(ClaimRequest claim, ArticleRow article, FuzzyDate stated)
    {
        if (claim.Kind != "delivery") return null;
        if (claim.HappenedOn is { } text) return FuzzyDate.Parse(text);
        var end = article.PublishedTo is { } published && (stated.To is not { } said || published < said) ? published : stated.To ?? stated.From!.Value;
        return FuzzyDate.OnOrBefore(end);
    }

    /// <summary>What is strange and may be so all the same.</summary>
    void Warn(ParsedRow row, ArticleRow article, ClaimRow claim, NameResolver names)
    {
        if (claim.DueTo is { } due && claim.StatedFrom is { } said && due < said)
            _warnings.Add(At(row, "due_on", Problems.InvalidDate.Code, "the deadline is before the statement", claim.DueOn));
        if (claim.StatedFrom is { } stated && article.PublishedTo is { } published && stated > published)
            _warnings.Add(At(row, "stated_on", Problems.InvalidDate.Code, "was stated after the article was published", claim.StatedOn));
        else if (claim.StatedFrom > today)
            _warnings.Add(At(row, "stated_on", Problems.InvalidDate.Code, "was stated in the future", claim.StatedOn));
        if (row.Claim!.Unit is not null && names.SimilarUnit(claim.Unit!) is { } meant)
            _warnings.Add(At(row, "unit", Problems.InvalidValue.Code, $"is a unit of its own, which is never added to others{Suggestions.Hint(meant)}", row.Claim.Unit) with { Suggestion = meant });
    }

    /// <summary>Warns of commitments of which a delivery was over before they were first stated, at the claims of this load that say either.</summary>
    /// <param name="early">By key, when the commitment was first stated and its first delivery was over.</param>
    public void WarnOfEarly(IReadOnlyDictionary<string, (DateOnly Stated, DateOnly Happened)> early)
    {
        foreach (var (row, _, claim) in Resolved)
        {
            if (claim.Commitment is null || !early.TryGetValue(claim.Commitment, out var days)) continue;
            if (claim is { Kind: "delivery" } && claim.HappenedTo < days.Stated)
                _warnings.Add(At(row, "happened_on", Problems.InvalidDate.Code,
                    $"was delivered before the commitment it names was stated, which was on {WireValue.Format(days.Stated)}", claim.HappenedOn));
            if (claim is { Kind: "pledge" } && claim.StatedFrom == days.Stated)
                _warnings.Add(At(row, "stated_on", Problems.InvalidDate.Code,
                    $"was stated after a delivery of it, which was on {WireValue.Format(days.Happened)} at the latest", claim.StatedOn));
        }
    }

    /// <summary>Refuses claims whose <c>part_of</c> would put a commitment inside of itself.</summary>
    /// <param name="stored">Which commitment is part of which, as stored.</param>
    public void RefuseCircles(IEnumerable<(string Part, string Whole)> stored)
    {
        var wholes = stored.ToLookup(p => p.Part, p => p.Whole, StringComparer.Ordinal);
        var added = Resolved.Where(r => r.Row is { Commitment: not null, PartOf: not null }).ToLookup(r => r.Row.Commitment!, r => r.Row.PartOf!, StringComparer.Ordinal);
        foreach (var claim in Resolved.Where(r => r.Row is { Commitment: not null, PartOf: not null }).ToList())
        {
            if (!IsInside(claim.Row.PartOf!, claim.Row.Commitment!, key => wholes[key].Concat(added[key]))) continue;
            Refuse(claim.Sent, At(claim.Sent, "part_of", Problems.Circular.Code, $"would put '{claim.Row.Commitment}' inside of itself", claim.Row.PartOf));
        }
    }

    static bool IsInside(string key, string whole, Func<string, IEnumerable<string>> wholesOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>([key]);
        while (next.TryDequeue(out var at))
        {
            if (at == whole) return true;
            if (!seen.Add(at)) continue;
            foreach (var wider in wholesOf(at)) next.Enqueue(wider);
        }

        return false;
    }

    /// <summary>Whether that place of the row could be read: what is there instead of what could not is no second error.</summary>
    static bool WasRead(ParsedRow row, ProblemError error) => row.Errors.All(e => e.Pointer != error.Pointer);

    /// <summary>Leaves out what is not sound any more because of something outside its own row.</summary>
    public void Refuse(ParsedRow row, ProblemError error)
    {
        _refused.Add(row.Row);
        _errors.Add(error);
    }

    /// <summary>Sorts what is left into new, changed and unchanged. Call once the articles have numbers.</summary>
    /// <returns>The claims to store, each with the one it takes the place of.</returns>
    public List<(ClaimRow Claim, ArticleRow Article, ClaimRow? Before)> Sort(Dictionary<(long Article, string ExternalId), ClaimRow> stored, WriteMode mode)
    {
        var added = new List<(ClaimRow, ArticleRow, ClaimRow?)>();
        foreach (var claim in Resolved.ToList())
        {
            var name = (claim.Article.Id, claim.Row.ExternalId);
            var before = stored.GetValueOrDefault(name);
            if (before is not null && (mode == WriteMode.Ignore || claim.Row.Repeats(before, givesRank: claim.Sent.Claim!.Rank is not null)))
            {
                _unchanged++;
                Ids.Add(before.Id);
                if (options.Missing != MissingPolicy.Keep) Held.Add(before.Id);
            }
            else if (before is not null && mode == WriteMode.Insert)
                Refuse(claim.Sent, At(claim.Sent, "external_id", Problems.Conflict.Code, "is stored already with other content", claim.Row.ExternalId));
            else
            {
                if (before is null) _created++;
                else _updated++;
                added.Add((claim.Row, claim.Article, before));
            }
        }

        return added;
    }

    public static ProblemError At(ParsedRow row, string member, string code, string message, string? value = null)
    {
        var wire = EnumWords.Snake(member.Split('.')[^1]);
        var (name, index) = wire.Split('[') is [var list, var rest] ? (list, "/" + rest.TrimEnd(']')) : (wire, "");
        return new() { Code = code, Row = row.Row, Column = name, Pointer = $"/{name}{index}", Message = $"{name} {message}".Trim(), Value = value };
    }
}
