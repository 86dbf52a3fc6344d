using Facts.Api.Articles;
using Facts.Api.Claims;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;
using Microsoft.AspNetCore.Components;

namespace Facts.Api.Pages;

/// <summary>The lists that have a page.</summary>
internal static class ListKinds
{
    public static readonly ListKind<CommitmentRow> Commitments = new("/commitments", "Commitments", CommitmentListSchema.Fields)
    {
        Sort = "-stated_on",
        Facets = ["status", "firmness", "donor", "recipient", "unit"],
        Follow = [("Deadlines (calendar)", "/deadlines.ics"), ("Atom", "/feed.atom"), ("JSON Feed", "/feed.json")],
        Columns =
        [
            ("Commitment", "donor", false, (c, names) => ListCells.Place(c, "commitments", FactText.Of(c, names))),
            ("To", "recipient", false, (c, names) => Parts.Parties([c.Recipient], "recipients", names)),
            ("Promised", "committed_low", true, (c, _) => c.Firmness == "intent" ? ListCells.Number(c.IntendedLow, c.IntendedHigh, c.Unit)
                : ListCells.Number(c.CommittedLow, c.CommittedHigh, c.Unit)),
            ("Delivered", "delivered_low", true, (c, _) => Number(c.DeliveredLow, c.DeliveredHigh)),
            ("Outstanding", "outstanding_low", true, (c, _) => Number(c.OutstandingLow, c.OutstandingHigh)),
            ("Due", "due_on", false, (c, _) => c.DueOn is null ? ListCells.None : ListCells.Text(Show.Date(c.DueOn))),
            ("State", "status", false, (c, _) => ListCells.State(c)),
            ("First said", "stated_on", false, (c, _) => ListCells.Text(Show.Date(c.StatedOn))),
            ("Publishers", "publishers", true, (c, _) => ListCells.Text(Show.Exact(c.Publishers))),
        ],
    };

    public static readonly ListKind<DeliveryRow> Deliveries = new("/deliveries", "Deliveries", DeliveryListSchema.Fields)
    {
        Sort = "-happened_on",
        Facets = ["stage", "donor", "recipient", "unit"],
        Columns =
        [
            ("Delivery", "donor", false, (d, names) => ListCells.Place(d, "deliveries", FactText.Of(d, names))),
            ("To", "recipient", false, (d, names) => Parts.Parties([d.Recipient], "recipients", names)),
            ("Delivered", "delivered_low", true, (d, _) => ListCells.Number(d.DeliveredLow, d.DeliveredHigh, d.Unit)),
            ("Of it unpromised", "unpledged_low", true, (d, _) => Number(d.UnpledgedLow, d.UnpledgedHigh)),
            ("When", "happened_on", false, (d, _) => ListCells.Text(Show.Date(d.HappenedOn))),
            ("Stage", "stage", false, (d, _) => ListCells.Text(Show.Word(d.Stage))),
            ("Publishers", "publishers", true, (d, _) => ListCells.Text(Show.Exact(d.Publishers))),
        ],
    };

    public static readonly ListKind<ClaimResponse> Claims = new("/claims", "Passages", ClaimListSchema.Fields)
    {
        Sort = "-stated_on",
        Facets = ["kind", "article_publisher", "donor", "recipient", "unit"],
        Columns = [],
        Follow = [("Atom", "/feed.atom"), ("JSON Feed", "/feed.json")],
        Passage = ClaimParts.Quoted,
        FoundBy = FoundNames.Of,
    };

    public static readonly ListKind<ArticleRow> Articles = new("/articles", "Articles", ArticleListSchema.Fields)
    {
        Sort = "-published_on",
        Facets = ["publisher", "language", "status"],
        Columns =
        [
            ("Article", "title", false, (a, _) => ListCells.Article(a)),
            ("Publisher", "publisher", false, (a, _) => a.Publisher is { } publisher ? ListCells.Text(publisher) : ListCells.None),
            ("Published", "published_on", false, (a, _) => ListCells.Text(Show.Date(a.PublishedOn))),
            ("Status", "status", false, (a, _) => ListCells.Text(Show.Word(a.Status))),
        ],
    };

    /// <summary>Parameters that choose how a page is shown. Another page has other ones.</summary>
    static readonly string[] OfShowing = ["sort", "fields", "limit", "cursor", "start", "group_by"];

    static readonly (string Path, string Name, IReadOnlyList<ParameterSpec> Parameters)[] Pages =
    [
        ("/", "about balances", ExploreReader.Parameters),
        (Commitments.Path, "about commitments", Commitments.Parameters),
        (Deliveries.Path, "about deliveries", Deliveries.Parameters),
        (Claims.Path, "about passages", Claims.Parameters),
        (Articles.Path, "about articles", Articles.Parameters),
    ];

    /// <summary>The other pages that take a parameter, if they take the whole question: each with its name after "ask".</summary>
    public static IEnumerable<(string Name, PageAddress Address)> ThatTake(string parameter, PageAddress question) =>
        from page in Pages
        where Pages.Any(p => p.Path == question.Path) && page.Path != question.Path && !OfShowing.Contains(parameter)
            && question.Query.Select(q => q.Name).Append(parameter).Except(OfShowing).All(name => page.Parameters.Any(p => p.Name == name))
        select (page.Name, new PageAddress(page.Path, [.. question.Query.Where(q => !OfShowing.Contains(q.Name))]));

    static RenderFragment Number(decimal? low, decimal? high) => Parts.Number(Show.Interval(low, high));
}
