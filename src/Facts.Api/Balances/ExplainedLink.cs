namespace Facts.Api.Balances;

/// <summary>The quantity of a delivery that goes to a commitment, and why.</summary>
/// <param name="CommitmentId">Number of the commitment.</param>
/// <param name="DeliveryId">Number of the delivery.</param>
/// <param name="QuantityLow">Quantity that certainly goes from the delivery to the commitment.</param>
/// <param name="QuantityHigh">Quantity that possibly goes from the delivery to the commitment; null without an upper bound.</param>
/// <param name="Explicit">True where a claim or an editor links the two; false where they were matched automatically.</param>
/// <param name="Rule">Rule that made the link, in a word.</param>
/// <param name="Text">Reason for the link, in a sentence.</param>
internal sealed record ExplainedLink(long CommitmentId, long DeliveryId, decimal QuantityLow, decimal? QuantityHigh, bool Explicit, string Rule, string Text);
