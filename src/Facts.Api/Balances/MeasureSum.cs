namespace Facts.Api.Balances;

/// <summary>A measure of the row and what adds up to it.</summary>
/// <param name="Measure">Its name, without <c>_low</c> and <c>_high</c>.</param>
/// <param name="Low">The row's certain number.</param>
/// <param name="High">The row's possible number; null without bound.</param>
/// <param name="Terms">The facts that are not zero in it.</param>
/// <param name="EndsExchanged">Whether the terms' lows add up to more than their highs, so that the row shows the two sums exchanged.</param>
internal sealed record MeasureSum(string Measure, decimal? Low, decimal? High, IReadOnlyList<MeasureTerm> Terms, bool EndsExchanged);
