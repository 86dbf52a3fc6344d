namespace Facts.Api.Projections;

/// <summary>
/// A row with an unmet need. Each delivery to the recipient changes the need, so a row for each of its values would be very many rows. The row holds all
/// values that the need has while everything else stays as it is.
/// </summary>
internal interface IUnmetNeedRow
{
    /// <summary>The need from the first day of the row on; null without a number.</summary>
    decimal? UnmetNeedLow { get; set; }

    /// <summary>See <see cref="UnmetNeedLow"/>; null also without an upper bound.</summary>
    decimal? UnmetNeedHigh { get; set; }

    /// <summary>Later days of the row on which the need changes, ascending; null without any.</summary>
    List<DateOnly>? UnmetNeedDays { get; set; }

    /// <summary>The need from each of these days on.</summary>
    List<decimal>? UnmetNeedLows { get; set; }

    /// <summary>See <see cref="UnmetNeedLows"/>; a null in it is no upper bound.</summary>
    List<decimal?>? UnmetNeedHighs { get; set; }
}
