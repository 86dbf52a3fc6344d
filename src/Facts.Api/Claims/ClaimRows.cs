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

    /// <summary>A copy of the claim with the number of another one: a new edition, without an id yet.</summary>
    public static ClaimRow WithNumberOf(this ClaimRow claim, ClaimRow other)
    {
        var row = claim.Copy();
        (row.QuantityQualifier, row.QuantityLow, row.QuantityHigh, row.QuantityText) =
            (other.QuantityQualifier, other.QuantityLow, other.QuantityHigh, other.QuantityText);
        row.Content = Fingerprint(row);
        return row;
    }

    /// <summary>True if both claims have one number.</summary>
    public static bool HasNumberOf(this ClaimRow claim, ClaimRow other) => (claim.QuantityLow, claim.QuantityHigh) == (other.QuantityLow, other.QuantityHigh);

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
    /// <param name="givesRank">True if the row gives a rank.</param>
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

    /// <summary>True if the claim has this content, under any rank.</summary>
    public static bool HasContent(this ClaimRow claim, string? content) => content is not null && (claim.Content == content
        || EnumWords.All<Rank>().Any(rank =>
        {
            var other = claim.Copy();
            other.Rank = rank;
            return Fingerprint(other) == content;
        }));

    /// <summary>True if somebody corrected the claim since a file last gave it. A key that the service gave it is no correction.</summary>
    public static bool IsCorrected(this ClaimRow claim) =>
        claim.FileContent is { } content && claim.Content != content && !claim.HasContent(content) && !claim.WithoutGivenKey().HasContent(content);

    /// <summary>
    /// The claim without the key that an import gave it, so that a cancellation or an amendment can name it; the claim itself if it has no such key.
    /// </summary>
    public static ClaimRow WithoutGivenKey(this ClaimRow claim)
    {
        if (!IsGivenKey(claim.Commitment)) return claim;
        var sent = claim.Copy();
        sent.Commitment = null;
        sent.Content = Fingerprint(sent);
        return sent;
    }

    /// <summary>True if an import gave the key to a pledge without one: see <see cref="KeyFor"/>.</summary>
    public static bool IsGivenKey(string? key) => key is not null && (key.StartsWith(MissingClaims.Dropped, StringComparison.Ordinal)
        || key.StartsWith(NumberChanges.Changed, StringComparison.Ordinal));

    /// <summary>The values in which two editions of a claim differ, such as "quantity_low was 18, is 20"; at most three.</summary>
    public static (string Column, string Text) Differences(this ClaimRow before, ClaimRow after)
    {
        var different = Values(before).Zip(Values(after)).Where(v => v.First.Value != v.Second.Value).Take(3)
            .Select(v => (v.First.Name, Text: $"{v.First.Name} was {Shown(v.First.Value)}, is {Shown(v.Second.Value)}")).ToList();
        return different.Count == 0 ? ("external_id", "") : (different[0].Name, string.Join("; ", different.Select(d => d.Text)));

        static string Shown(string? value) => value is null ? "empty" : value.Length > 80 ? value[..80] + "…" : value;
    }

    static IEnumerable<(string Name, string? Value)> Values(ClaimRow row) =>
    [
        ("quantity_low", WireValue.Format(row.QuantityLow)), ("quantity_high", WireValue.Format(row.QuantityHigh)), ("unit", row.Unit), ("kind", row.Kind),
        ("donors", string.Join(';', row.Donors)), ("recipient", row.Recipient), ("items", string.Join(';', row.Items)), ("stated_on", row.StatedOn),
        ("happened_on", row.HappenedOn), ("due_on", row.DueOn), ("quantity_qualifier", row.QuantityQualifier), ("quantity_basis", row.QuantityBasis),
        ("quantity_text", row.QuantityText), ("firmness", row.Firmness), ("stage", row.Stage), ("condition", row.Condition),
        ("condition_met", WireValue.Format(row.ConditionMet)), ("on_hold", WireValue.Format(row.OnHold)), ("commitment", row.Commitment),
        ("delivery", row.Delivery), ("request", row.Request), ("assessment", row.Assessment), ("part_of", row.PartOf), ("quote", row.Quote),
        ("quote_prefix", row.QuotePrefix), ("quote_suffix", row.QuoteSuffix), ("claimant", row.Claimant), ("attribution", row.Attribution),
        ("rank", row.Rank), ("note", row.Note),
    ];

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

        // A stored number has the scale of its column: 20.0000 is 20.
        static string? Text(decimal? number) => WireValue.Format(number);
    }
}
