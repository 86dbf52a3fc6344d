namespace Facts.Api.Projections;

/// <summary>One of facts of one donor set, recipient, item set and unit.</summary>
internal abstract class SubjectRow : DatedRow
{
    public long Id { get; set; }
    public List<string> Donors { get; set; } = [];
    public string Recipient { get; set; } = "";
    public List<string> Items { get; set; } = [];
    public string? Unit { get; set; }
}
