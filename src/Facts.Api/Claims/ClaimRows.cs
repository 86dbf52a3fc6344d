using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Claims;

/// <summary>Makes the stored row of a valid claim whose names are resolved.</summary>
internal static class ClaimRows
{
    /// <summary>The row of a claim, with its partition and fingerprint.</summary>
    /// <param name="claim">A valid claim: nothing here can fail.</param>
    /// <param name="donors">Codes of the donors.</param>
    /// <param name="recipient">Code of the recipient.</param>
    /// <param name="items">Codes of the items.</param>
    /// <param name="unit">The unit, with the default filled in.</param>
    /// <param name="stated">Date of the statement; the article's date if the claim gives none.</param>
    /// <param name="happened">Date of a delivery, with the default filled in; null of other kinds.</param>
    /// <param name="trees">Trees of the item hierarchy that contain the items.</param>
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
        row.Partition = PartitionOf(row, donors, trees).Name;
        row.Content = Fingerprint(row);
        return row;
    }

    /// <summary>A copy of the claim with the key of a commitment: a new edition, without an id yet.</summary>
    public static ClaimRow WithCommitment(this ClaimRow claim, string commitment)
    {
        var keyed = claim.Copy();
        keyed.Commitment = commitment;
        keyed.Content = Fingerprint(keyed);
        return keyed;
    }

    /// <summary>
    /// Gives a claim without a key a key of its own, so that it is a fact of its own: see <see cref="StandaloneKey"/>. A claim of basis <c>remaining</c> gets
    /// none:
    /// it reports the rest of another claim's commitment, and must be able to match it.
    /// </summary>
    public static void SetStandaloneKey(this ClaimRow claim, string article)
    {
        if (claim is not { Kind: "request" or "pledge" or "delivery", QuantityBasis: not "remaining" }) return;
        var own = StandaloneKey.Create(article, claim.ExternalId);
        if (claim is { Kind: "request", Request: null }) claim.Request = own;
        else if (claim is { Kind: "pledge", Commitment: null }) claim.Commitment = own;
        else if (claim is { Kind: "delivery", Delivery: null }) claim.Delivery = own;
        else return;
        claim.Content = Fingerprint(claim);
    }

    /// <summary>A key that only this claim can have. It is a hash of the article's and the claim's names, so it is equal in every store.</summary>
    public static string KeyFor(string space, string article, string externalId) =>
        space + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(article + '\u001f' + externalId)).AsSpan(0, 16));

    /// <summary>Adds the keys by which the claim links its partition to others.</summary>
    public static void AddKeys(ClaimRow claim, KeySet keys)
    {
        if (claim.Commitment is { } commitment) keys.Commitments.Add(commitment);
        if (claim.PartOf is { } whole) keys.Commitments.Add(whole);
        if (claim.Delivery is { } delivery) keys.Deliveries.Add(delivery);
        if (claim.Request is { } request) keys.Requests.Add(request);
    }

    /// <summary>The partition to which a claim with these donors and trees belongs.</summary>
    public static PartitionKey PartitionOf(ClaimRow claim, CodeSet donors, CodeSet trees) => claim switch
    {
        { Kind: "request" } => PartitionKey.Requests(claim.Recipient!, claim.Unit),
        { Kind: "pledge" or "delivery" } => PartitionKey.From(donors, claim.Recipient!, trees, claim.Unit),
        // Amendments, cancellations and assessments count with the fact that they name.
        { Commitment: { } key } => PartitionKey.Alone(PartitionKey.CommitmentKey(key)),
        { Delivery: { } key } => PartitionKey.Alone(PartitionKey.DeliveryKey(key)),
        { Request: { } key } => PartitionKey.Alone(PartitionKey.RequestKey(key)),
        // An assessment that names no fact.
        { Recipient: { } recipient } => PartitionKey.From(donors, recipient, trees, claim.Unit),
        _ => PartitionKey.Alone(""),
    };

    /// <summary>
    /// True if a row repeats the stored claim. An editor's rank stays if the same file comes again, if a correction gives no rank, and if an export comes back
    /// with the present rank. Only a row that gives another rank changes it.
    /// </summary>
    /// <param name="claim">The claim as sent. It takes the stored rank if it gives none.</param>
    /// <param name="before">The stored claim.</param>
    /// <param name="givesRank">Whether the row gives a rank.</param>
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

    /// <summary>A hash of the content. Codes stand for parties and items, so it does not depend on the names that a row uses.</summary>
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
