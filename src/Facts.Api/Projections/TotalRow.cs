namespace Facts.Api.Projections;

/// <summary>
/// A balance total: the cached measures of all facts of one donor set, recipient, item set and unit in a partition. Current balances are sums of these rows.
/// </summary>
internal sealed class TotalRow : SubjectRow, IUnmetNeedRow
{
    public decimal? RequestedLow { get; set; }
    public decimal? RequestedHigh { get; set; }
    public decimal? IntendedLow { get; set; }
    public decimal? IntendedHigh { get; set; }
    public decimal? OriginalLow { get; set; }
    public decimal? OriginalHigh { get; set; }
    public decimal? CommittedLow { get; set; }
    public decimal? CommittedHigh { get; set; }
    public decimal? CancelledLow { get; set; }
    public decimal? CancelledHigh { get; set; }
    public decimal? DeliveredLow { get; set; }
    public decimal? DeliveredHigh { get; set; }
    public decimal? CreditedLow { get; set; }
    public decimal? CreditedHigh { get; set; }
    public decimal? SurplusLow { get; set; }
    public decimal? SurplusHigh { get; set; }
    public decimal? UnpledgedLow { get; set; }
    public decimal? UnpledgedHigh { get; set; }
    public decimal? OutstandingLow { get; set; }
    public decimal? OutstandingHigh { get; set; }
    public decimal? OverdueLow { get; set; }
    public decimal? OverdueHigh { get; set; }
    public decimal? OverdueOriginalLow { get; set; }
    public decimal? OverdueOriginalHigh { get; set; }
    public decimal? UnmetNeedLow { get; set; }
    public decimal? UnmetNeedHigh { get; set; }
    public List<DateOnly>? UnmetNeedDays { get; set; }
    public List<decimal>? UnmetNeedLows { get; set; }
    public List<decimal?>? UnmetNeedHighs { get; set; }
    public int Commitments { get; set; }
    public int Deliveries { get; set; }
    public int Requests { get; set; }
    public int Unquantified { get; set; }
    public int Conditional { get; set; }
    public int OnHold { get; set; }
    public int Disputed { get; set; }
    public int Conflicts { get; set; }
    public int PossibleOverlap { get; set; }

    /// <summary>The most of the committed low that may be counted twice, by pairs that connect only facts of this total.</summary>
    public decimal CommittedOverlap { get; set; }

    /// <summary>The most of the delivered low that may be counted twice, by pairs that connect only facts of this total.</summary>
    public decimal DeliveredOverlap { get; set; }

    public int Claims { get; set; }
    public List<long> ArticleIds { get; set; } = [];
    public List<string> Publishers { get; set; } = [];
    public DateOnly? LastStatedOn { get; set; }

    public override DatedRow At(DateOnly day)
    {
        var row = (TotalRow)MemberwiseClone();
        UnmetNeeds.KeepOnly(row, day);
        return row;
    }
}
