using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Claims;

/// <summary>From a valid request with its names resolved to the row that is stored.</summary>
internal static class ClaimRows
{
    /// <param name="claim">Valid: nothing here can fail.</param>
    /// <param name="stated">When it was said, the article's day where the claim gives none.</param>
    /// <param name="happened">Of a delivery, its default filled in; else null.</param>
    /// <param name="trees">In which the items stand.</param>
    public static ClaimRow ToClaim(
        this ClaimRequest claim, CodeSet donors, string? recipient, CodeSet items, string? unit, FuzzyDate stated, FuzzyDate? happened, CodeSet trees)
    {
        var quantity = claim.ToQuantity();
        var due = claim.DueOn is { } text ? FuzzyDate.Parse(text) : null;
        var row = new ClaimRow
        {
            Kind = claim.Kind!,
            Firmness = claim.Firmness ?? (claim.Kind == "pledge" ? "pledged" : null),
            Donors = [.. donors.Codes],
            Recipient = recipient,
            Items = [.. items.Codes],
            QuantityQualifier = EnumWords.ToWord(quantity.Qualifier),
            QuantityLow = quantity.Low,
            QuantityHigh = quantity.High,
            QuantityBasis = EnumWords.ToWord(claim.Basis),
            QuantityText = claim.QuantityText,
            Unit = unit,
            StatedOn = stated.Text,
            StatedFrom = stated.From,
            StatedTo = stated.To,
            HappenedOn = happened?.Text,
            HappenedFrom = happened?.From,
            HappenedTo = happened?.To,
            DueOn = due?.Text,
            DueFrom = due?.From,
            DueTo = due?.To,
            Stage = claim.Stage ?? (claim.Kind == "delivery" ? "arrived" : null),
            Condition = claim.Condition,
            ConditionMet = claim.ConditionMet,
            OnHold = claim.OnHold,
            Commitment = claim.Commitment,
            Delivery = claim.Delivery,
            Request = claim.Request,
            Assessment = claim.Assessment ?? (claim.Kind == "assessment" ? "other" : null),
            PartOf = claim.PartOf,
            Quote = claim.Quote,
            QuotePrefix = claim.QuotePrefix,
            QuoteSuffix = claim.QuoteSuffix,
            Claimant = claim.Claimant,
            Attribution = claim.Attribution,
            Rank = claim.Rank ?? "normal",
            Note = claim.Note,
        };
        row.Partition = ScopeOf(row, donors, trees).Name;
        row.Content = Fingerprint(row);
        return row;
    }

    /// <summary>The claim with the key of a commitment, saying the same else: a new edition, without a number yet.</summary>
    public static ClaimRow With(this ClaimRow claim, string commitment)
    {
        var keyed = claim.Copy();
        keyed.Commitment = commitment;
        keyed.Content = Fingerprint(keyed);
        return keyed;
    }

    /// <summary>
    /// Gives a claim that names no fact a key of its own, so that it is a fact of its own: see <see cref="OwnKey"/>. Not what is still to come of some
    /// commitment: that looks for it.
    /// </summary>
    public static void OwnKey(this ClaimRow claim, string article)
    {
        if (claim is not { Kind: "request" or "pledge" or "delivery", QuantityBasis: not "remaining" }) return;
        var own = Facts.StandaloneKey.Create(article, claim.ExternalId);
        if (claim is { Kind: "request", Request: null }) claim.Request = own;
        else if (claim is { Kind: "pledge", Commitment: null }) claim.Commitment = own;
        else if (claim is { Kind: "delivery", Delivery: null }) claim.Delivery = own;
        else return;
        claim.Content = Fingerprint(claim);
    }

    /// <summary>A key that only this claim can have: made of its names, so that it is the same wherever the claim is loaded.</summary>
    public static string KeyFor(string space, string article, string externalId) =>
        space + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(article + '\u001f' + externalId)).AsSpan(0, 16));

    /// <summary>Adds the keys that tie it to claims elsewhere.</summary>
    public static void AddKeys(ClaimRow claim, KeySet keys)
    {
        if (claim.Commitment is { } commitment) keys.Commitments.Add(commitment);
        if (claim.PartOf is { } whole) keys.Commitments.Add(whole);
        if (claim.Delivery is { } delivery) keys.Deliveries.Add(delivery);
        if (claim.Request is { } request) keys.Requests.Add(request);
    }

    static PartitionKey ScopeOf(ClaimRow claim, CodeSet donors, CodeSet trees) => claim switch
    {
        { Kind: "request" } => PartitionKey.Requests(claim.Recipient!, claim.Unit),
        { Kind: "pledge" or "delivery" } => PartitionKey.From(donors, claim.Recipient!, trees, claim.Unit),
        // Changes and assessments go where the fact is that they name.
        { Commitment: { } key } => PartitionKey.Alone(PartitionKey.CommitmentKey(key)),
        { Delivery: { } key } => PartitionKey.Alone(PartitionKey.DeliveryKey(key)),
        { Request: { } key } => PartitionKey.Alone(PartitionKey.RequestKey(key)),
        // An assessment of no fact in particular.
        { Recipient: { } recipient } => PartitionKey.From(donors, recipient, trees, claim.Unit),
        _ => PartitionKey.Alone(""),
    };

    /// <summary>
    /// Whether a claim sent again says what is stored. A rank is an editor's word, so it stays where the same file comes again, where the claim is corrected
    /// without one, and where an export comes back with the rank as it stands; only a file that gives another rank changes it.
    /// </summary>
    /// <param name="claim">As sent; it takes the stored rank where it gives none.</param>
    /// <param name="before">As stored.</param>
    /// <param name="givesRank">Whether a rank was sent.</param>
    public static bool Repeats(this ClaimRow claim, ClaimRow before, bool givesRank)
    {
        if (claim.Content == before.Content) return true;
        if (!givesRank) claim.Rank = before.Rank;
        return claim.Rank == before.Rank && EnumWords.All<Rank>().Any(rank => Fingerprint(Ranked(rank)) == before.Content);

        ClaimRow Ranked(string rank)
        {
            var other = claim.Copy();
            other.Rank = rank;
            return other;
        }
    }

    /// <summary>The same for the same content, whatever names were used for parties and items.</summary>
    public static string Fingerprint(ClaimRow row)
    {
        var content = string.Join('\u001f',
            row.Kind, row.Firmness, string.Join(';', row.Donors), row.Recipient, string.Join(';', row.Items),
            row.QuantityQualifier, Text(row.QuantityLow), Text(row.QuantityHigh), row.QuantityBasis, row.QuantityText, row.Unit,
            row.StatedOn, row.HappenedOn, row.DueOn, row.Stage, row.Condition, row.ConditionMet, row.OnHold,
            row.Commitment, row.Delivery, row.Request, row.Assessment, row.PartOf,
            row.Quote, row.QuotePrefix, row.QuoteSuffix, row.Claimant, row.Attribution, row.Rank, row.Note);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 16));

        static string? Text(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);
    }
}
