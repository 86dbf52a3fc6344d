namespace Facts.Cli;

/// <summary>A claim that was in an earlier edition of a list and is missing in the loaded one.</summary>
/// <param name="Change">The effect on the claim: <c>withdrawn</c>, <c>cancelled</c> or <c>kept</c>.</param>
internal sealed record DroppedClaim(
    string Change, string ExternalId, string Kind, IReadOnlyList<string> Donors, string? Recipient,
    IReadOnlyList<string> Items, decimal? QuantityLow, decimal? QuantityHigh, string? Unit)
{
    /// <summary>The number of dropped claims that are printed: about one screen.</summary>
    public const int Shown = 20;

    public override string ToString()
    {
        var parties = string.Join(" → ", new[] { string.Join(", ", Donors), Recipient }.Where(party => !string.IsNullOrEmpty(party)));
        // A claim without bounds has no quantity. IntervalText would print an empty text.
        var quantity = QuantityLow is null && QuantityHigh is null ? "unspecified" : IntervalText.Format(QuantityLow, QuantityHigh);
        return $"dropped {ExternalId}, {Change}: {Kind}, {parties}, {string.Join(" or ", Items)}, {quantity} {Unit}".TrimEnd();
    }
}
