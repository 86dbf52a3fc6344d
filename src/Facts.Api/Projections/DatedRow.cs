namespace Facts.Api.Projections;

/// <summary>
/// How something stands on every day from <see cref="ValidFrom"/> until before <see cref="ValidTo"/> (null: for ever), within the days for which the
/// partition is kept. A day that passes changes which row is read, never a row.
/// </summary>
internal abstract class DatedRow : ProjectedRow
{
    public DateOnly ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public bool HoldsOn(DateOnly day) => ValidFrom <= day && !(ValidTo <= day);
}
