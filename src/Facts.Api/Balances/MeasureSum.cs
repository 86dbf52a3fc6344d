namespace Facts.Api.Balances;

/// <summary>A measure of a row, and the terms that add up to it.</summary>
/// <param name="Measure">Name of the measure, without <c>_low</c> and <c>_high</c>.</param>
/// <param name="Low">Certain quantity of the row.</param>
/// <param name="High">Possible quantity of the row; null without an upper bound.</param>
/// <param name="Terms">The facts that add something other than zero to the measure.</param>
/// <param name="EndsExchanged">True if the terms' lows add up to more than their highs, so that the row shows the two sums exchanged.</param>
internal sealed record MeasureSum(string Measure, decimal? Low, decimal? High, IReadOnlyList<MeasureTerm> Terms, bool EndsExchanged);
