namespace Facts.Cli;

/// <summary>A claim that a living list no longer holds.</summary>
/// <param name="Change"><c>withdrawn</c>, <c>cancelled</c> or <c>kept</c>: what became of it.</param>
internal sealed record DroppedClaim(
    string Change, string ExternalId, string Kind, IReadOnlyList<string> Donors, string? Recipient, IReadOnlyList<string> Items, decimal? QuantityLow, decimal? QuantityHigh, string? Unit)
{
    /// <summary>More than a screen of them nobody reads.</summary>
    public const int Shown = 20;

    public override string ToString()
    {
        var who = string.Join(" → ", new[] { string.Join(", ", Donors), Recipient }.Where(party => !string.IsNullOrEmpty(party)));
        // Without bounds there is no quantity, though the measures of a balance would call it any.
        var quantity = QuantityLow is null && QuantityHigh is null ? "unspecified" : IntervalText.Format(QuantityLow, QuantityHigh);
        return $"dropped {ExternalId}, {Change}: {Kind}, {who}, {string.Join(" or ", Items)}, {quantity} {Unit}".TrimEnd();
    }
}
