namespace Facts.Api.Projections;

/// <summary>A row about one donor set, recipient, item set and unit: a fact or a balance total.</summary>
internal abstract class SubjectRow : DatedRow
{
    public long Id { get; set; }
    public List<string> Donors { get; set; } = [];
    public string Recipient { get; set; } = "";
    public List<string> Items { get; set; } = [];
    public string? Unit { get; set; }
}
