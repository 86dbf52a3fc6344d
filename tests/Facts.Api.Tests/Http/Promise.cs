using Facts.Api.Http;

namespace Facts.Api.Tests.Http;

internal sealed class Promise
{
    public long Id { get; init; }
    public string Title { get; init; } = "";
    public string[] Donors { get; init; } = [];
    public decimal? Amount { get; init; }
    public DateOnly? StatedOn { get; init; }
    public PromiseStatus Status { get; init; }
    public string? Note { get; init; }

    public static ListSchema<Promise> Fields { get; } = new ListSchema<Promise>("Promise")
        .Id("id", p => p.Id, "Number.")
        .Field("title", p => p.Title, "What was promised.")
        .Field("donors", p => p.Donors, "Who promised.", facet: true)
        .Field("amount", p => p.Amount, "How much.")
        .Field("stated_on", p => p.StatedOn, "When it was said.")
        .Field("status", p => p.Status, "How it stands.", facet: true)
        .Field("note", p => p.Note, "Anything else.")
        .Timed();

    public static IReadOnlyList<Promise> Some { get; } =
    [
        new() { Id = 1, Title = "Twenty howitzers", Donors = ["DEU"], Amount = 20, StatedOn = new(2024, 5, 1) },
        new() { Id = 2, Title = "=cmd|' /C calc'!A0", Donors = ["DEU", "NLD"], Amount = 5.50m, StatedOn = new(2024, 3, 1), Status = PromiseStatus.PartlyMet,
            Note = "say \"yes\", twice" },
        new() { Id = 3, Title = "Fuel", Donors = ["USA"], StatedOn = null },
        new() { Id = 4, Title = "Money", Donors = ["NLD"], Amount = 5.5m, StatedOn = new(2024, 5, 1) },
        new() { Id = 5, Title = "More fuel", Donors = ["USA"], Amount = 7, StatedOn = null },
    ];
}
