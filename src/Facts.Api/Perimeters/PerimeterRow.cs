namespace Facts.Api.Perimeters;

internal sealed class PerimeterRow
{
    public string Code { get; set; } = "";
    public string Name { get; set; } = "";
    public string? Description { get; set; }

    /// <summary>The filter as the query of <c>/v1/balances</c>, with codes in place of names.</summary>
    public string Filter { get; set; } = "";

    public long Version { get; set; } = 1;
}
