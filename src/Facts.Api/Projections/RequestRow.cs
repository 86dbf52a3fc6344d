namespace Facts.Api.Projections;

internal sealed class RequestRow : FactRow
{
    public decimal? RequestedLow { get; set; }
    public decimal? RequestedHigh { get; set; }
    public decimal? UnmetNeedLow { get; set; }
    public decimal? UnmetNeedHigh { get; set; }
}
