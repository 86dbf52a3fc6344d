namespace Facts.Api.Balances;

/// <summary>How much of a delivery goes to a commitment, and why.</summary>
/// <param name="CommitmentId">Number of the commitment.</param>
/// <param name="DeliveryId">Number of the delivery.</param>
/// <param name="QuantityLow">What certainly goes there.</param>
/// <param name="QuantityHigh">What possibly goes there; null without bound.</param>
/// <param name="Explicit">Whether a claim or an editor says so; else it was matched.</param>
/// <param name="Rule">Why, in a word.</param>
/// <param name="Text">Why, in a sentence.</param>
internal sealed record ExplainedLink(long CommitmentId, long DeliveryId, decimal QuantityLow, decimal? QuantityHigh, bool Explicit, string Rule, string Text);
