namespace Facts.Api.Projections;

/// <summary>
/// A row that holds from <see cref="ValidFrom"/>, inclusive, until <see cref="ValidTo"/>, exclusive (null: no end), within the coverage of its partition.
/// A passing day changes which row is read, but rewrites no row.
/// </summary>
internal abstract class DatedRow : ProjectedRow
{
    bool _isDated;

    public DateOnly ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && !(ValidTo <= day);

    /// <summary>The row with the days for which it holds: itself, or a copy if it holds for other days already.</summary>
    public DatedRow Holding(DateOnly from, DateOnly? to)
    {
        if (_isDated && (ValidFrom, ValidTo) == (from, to)) return this;
        var row = _isDated ? (DatedRow)MemberwiseClone() : this;
        (row.ValidFrom, row.ValidTo, row._isDated) = (from, to, true);
        return row;
    }

    /// <summary>The row with the numbers that it has on a day on which it holds.</summary>
    public virtual DatedRow At(DateOnly day) => this;
}
