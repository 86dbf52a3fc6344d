namespace Facts.Api.Balances;

/// <summary>The sums and counts of a row under the key of the row.</summary>
/// <param name="Key">The unit and the groups of the row.</param>
/// <param name="Measures">Sum of each measure, with its counts of facts.</param>
/// <param name="Claims">Number of claims of the row's facts.</param>
/// <param name="Articles">Number of different articles of these claims.</param>
/// <param name="Publishers">Number of different publishers of these articles.</param>
/// <param name="CommittedOverlap">The most of the committed low that may be counted twice.</param>
/// <param name="DeliveredOverlap">The most of the delivered low that may be counted twice.</param>
/// <param name="LastStatedOn">Last day on which one of these claims was stated; null without claims.</param>
internal sealed record BalanceSums(
    BalanceKey Key, Measures Measures, int Claims, int Articles, int Publishers, decimal CommittedOverlap, decimal DeliveredOverlap, DateOnly? LastStatedOn)
{
    public static BalanceSums Zero { get; } = new(new(null, null, null, null, null, null, null), Measures.Zero, 0, 0, 0, 0, 0, null);

    public static BalanceSums From(BalanceRow row) =>
        new(row.Key, row.Measures, row.Claims, row.Articles, row.Publishers, row.CommittedOverlap, row.DeliveredOverlap, row.LastStatedOn);
}
