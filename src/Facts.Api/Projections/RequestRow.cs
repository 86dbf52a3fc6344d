namespace Facts.Api.Projections;

internal sealed class RequestRow : FactRow, IUnmetNeedRow
{
    public decimal? RequestedLow { get; set; }
    public decimal? RequestedHigh { get; set; }
    public decimal? UnmetNeedLow { get; set; }
    public decimal? UnmetNeedHigh { get; set; }
    public List<DateOnly>? UnmetNeedDays { get; set; }
    public List<decimal>? UnmetNeedLows { get; set; }
    public List<decimal?>? UnmetNeedHighs { get; set; }

    public override DatedRow At(DateOnly day)
    {
        var row = (RequestRow)MemberwiseClone();
        UnmetNeeds.KeepOnly(row, day);
        return row;
    }
}
