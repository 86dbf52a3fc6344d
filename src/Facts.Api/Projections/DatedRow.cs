namespace Facts.Api.Projections;

/// <summary>
/// A row that holds from <see cref="ValidFrom"/>, inclusive, until <see cref="ValidTo"/>, exclusive (null: no end), within the coverage of its partition.
/// A passing day changes which row is read, but rewrites no row.
/// </summary>
internal abstract class DatedRow : ProjectedRow
{
    public DateOnly ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && !(ValidTo <= day);

    /// <summary>The row with the numbers that it has on a day on which it holds.</summary>
    public virtual DatedRow At(DateOnly day) => this;
}
