using System.Security.Cryptography;
using System.Text.Json;
using Facts.Api.Http;
using Facts.Api.Ledger;

namespace Facts.Api.Claims;

/// <summary>From a valid request with its names resolved to the row that is stored.</summary>
internal static class ClaimRows
{
    /// <param name="claim">Valid: nothing here can fail.</param>
    /// <param name="stated">When it was said, the article's day where the claim gives none.</param>
    /// <param name="happened">Of a delivery, its default filled in; else null.</param>
    public static ClaimRow ToClaim(
        this ClaimRequest claim, CodeSet donors, string? recipient, CodeSet items, string? unit, FuzzyDate stated, FuzzyDate? happened)
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
            QuantityQualifier = Words.Of(quantity.Qualifier),
            QuantityLow = quantity.Low,
            QuantityHigh = quantity.High,
            QuantityBasis = Words.Of(claim.Basis),
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
        row.Scope = ScopeOf(row);
        row.Content = Fingerprint(row);
        return row;
    }

    /// <summary>Keys that tie it to claims elsewhere.</summary>
    public static IEnumerable<string> Keys(ClaimRow claim)
    {
        if (claim.Commitment is { } commitment) yield return Scope.CommitmentKey(commitment);
        if (claim.PartOf is { } whole) yield return Scope.CommitmentKey(whole);
        if (claim.Delivery is { } delivery) yield return Scope.DeliveryKey(delivery);
        if (claim.Request is { } request) yield return Scope.RequestKey(request);
    }

    static string ScopeOf(ClaimRow claim) =>
        claim.Recipient is { } recipient && (claim.Unit is not null || claim.Kind is "request" or "pledge" or "delivery")
            ? Scope.Of(recipient, claim.Unit)
            : Scope.Alone(Keys(claim).FirstOrDefault() ?? "");

    /// <summary>The same for the same content, whatever names were used for parties and items.</summary>
    static string Fingerprint(ClaimRow row) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(row)))[..32];
}
