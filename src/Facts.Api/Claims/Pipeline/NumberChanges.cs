using Facts.Api.Articles;
using Facts.Api.Http;

namespace Facts.Api.Claims;

/// <summary>
/// The writes of a row that gives a stored pledge another number, as <c>changed=</c> asks: see <see cref="ChangedPolicy"/>. With <c>amend</c> the pledge stays,
/// and an amendment has the new number from the day of the file's edition on. So a list may have several numbers, each from a day on.
/// </summary>
/// <param name="options">The options of the import.</param>
/// <param name="keys">Keys of the facts that pledges without a key report, by the number of the pledge.</param>
/// <param name="today">The day of a change if the file gives none.</param>
internal sealed class NumberChanges(WriteOptions options, Dictionary<long, string> keys, DateOnly today)
{
    /// <summary>Prefix of the external ids of amendments made here, and of the keys of pledges that had none: <c>changed:7:2024-06-01</c> for row 7.</summary>
    public const string Changed = "changed:";

    /// <summary>True if the claim is an amendment made here.</summary>
    public static bool IsOwn(ClaimRow claim) =>
        claim is { Kind: "amendment", QuantityBasis: "total" } && claim.ExternalId.StartsWith(Changed, StringComparison.Ordinal);

    /// <summary>External id of the row whose number an amendment changes.</summary>
    public static string RowOf(string amendment) => amendment[Changed.Length..Math.Max(Changed.Length, amendment.LastIndexOf(':'))];

    /// <summary>
    /// The writes for a row: a new edition of the pledge, an amendment, both or neither. Null if this is no change of a number that an amendment can tell, so
    /// that the row is compared as a whole.
    /// </summary>
    /// <param name="sent">The row.</param>
    /// <param name="article">The article of the row.</param>
    /// <param name="claim">The claim that the row says.</param>
    /// <param name="old">The stored pledge.</param>
    /// <param name="amendments">Amendments that earlier imports recorded for the row.</param>
    /// <param name="errors">Gets warnings.</param>
    public List<(ClaimRow Claim, ClaimRow? Old)>? Of(
        ParsedRow sent, ArticleRow article, ClaimRow claim, ClaimRow old, IReadOnlyList<ClaimRow> amendments, BatchErrors errors)
    {
        if (!IsOfOnePledge(claim, old)) return null;
        var given = sent.Claim!.ArticlePublishedOn is { } text ? FuzzyDate.Parse(text) : null;
        var last = amendments.Where(a => given is null || Day(a.StatedTo, a.StatedFrom) <= Day(given.To, given.From))
            .MaxBy(a => (Day(a.StatedTo, a.StatedFrom), a.StatedOn));
        if (last is null && (options.Changed == ChangedPolicy.Correct || claim.HasNumberOf(old) || claim.HasContent(old.FileContent))) return null;
        var isChanged = !claim.HasNumberOf(last ?? old);
        if (isChanged && claim is { QuantityLow: null, QuantityHigh: null })
        {
            errors.Warn(BatchErrors.At(sent, "quantity", Problems.Conflict.Code, "is missing, and an amendment cannot take a number away; the number stays"));
            isChanged = false;
        }
        var writes = new List<(ClaimRow, ClaimRow?)>();
        var key = old.Commitment ?? keys.GetValueOrDefault(old.Id)
            ?? ClaimRows.KeyFor(Changed, article.ExternalId ?? article.Url!, old.ExternalId);
        AddEdition(writes, claim.WithNumberOf(old), old, isChanged ? key : old.Commitment, givesRank: sent.Claim.Rank is not null);
        if (isChanged) AddAmendment(writes, sent, claim, key, given, last, amendments, errors);
        return writes;
    }

    /// <summary>True if the row says the number of the same pledge, in the unit and of the basis that it had.</summary>
    static bool IsOfOnePledge(ClaimRow claim, ClaimRow old) =>
        claim is { Kind: "pledge", QuantityBasis: "increment" } && old is { Kind: "pledge", QuantityBasis: "increment" } && claim.Unit == old.Unit
        && (claim.Commitment == old.Commitment || claim.Commitment is null && ClaimRows.IsGivenKey(old.Commitment));

    static DateOnly Day(DateOnly? last, DateOnly? first) => last ?? first ?? DateOnly.MaxValue;

    /// <summary>Adds a new edition of the pledge if the row says anything new but its number, or if the pledge needs a key.</summary>
    static void AddEdition(List<(ClaimRow, ClaimRow?)> writes, ClaimRow sent, ClaimRow old, string? key, bool givesRank)
    {
        var isRepeated = sent.HasContent(old.FileContent) || sent.Repeats(old.WithoutGivenKey(), givesRank) || sent.Repeats(old, givesRank);
        if (isRepeated && old.Commitment == key) return;
        var edition = isRepeated ? old : sent;
        if (edition.Commitment != key) edition = edition.WithCommitment(key!);
        edition.FileContent = isRepeated ? old.FileContent : sent.Content;
        writes.Add((edition, old));
    }

    void AddAmendment(List<(ClaimRow, ClaimRow?)> writes, ParsedRow sent, ClaimRow claim, string key, FuzzyDate? given, ClaimRow? last,
        IReadOnlyList<ClaimRow> amendments, BatchErrors errors)
    {
        // A correction corrects the number that the list had last, on the day from which it had it.
        var day = options.Changed == ChangedPolicy.Correct ? FuzzyDate.Parse(last!.StatedOn) : given ?? FuzzyDate.On(today);
        if (options.Changed == ChangedPolicy.Amend && given is null)
            errors.Warn(BatchErrors.At(sent, "article_published_on", Problems.Conflict.Code,
                "is missing, so it is not known when this edition was published; the number changes as of today"));
        var amendment = new ClaimRequest
        {
            Kind = "amendment", Commitment = key, QuantityBasis = "total", QuantityQualifier = claim.QuantityQualifier, QuantityLow = claim.QuantityLow,
            QuantityHigh = claim.QuantityHigh, QuantityText = claim.QuantityText, Note = "another number in the list",
        }.ToClaim(CodeSet.Empty, null, CodeSet.Empty, claim.Unit, day, null, CodeSet.Empty);
        amendment.ExternalId = $"{Changed}{claim.ExternalId}:{day.Text}";
        writes.Add((amendment, amendments.FirstOrDefault(a => a.ExternalId == amendment.ExternalId)));
    }
}
