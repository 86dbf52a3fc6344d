namespace Facts.Api.Pages;

/// <summary>The terms of the pages, each explained in a sentence or two (docs/semantics.md).</summary>
internal static class Terms
{
    static readonly Dictionary<string, (string Name, string Text)> All = new()
    {
        ["requested"] = ("Requested", "A need that somebody stated, before anybody promised anything."),
        ["intended"] = ("Intended", "Announced as an intention only. It is in no other number."),
        ["original"] = ("First promised", "What was promised at first, before it was changed or cancelled."),
        ["committed"] = ("Committed", "Promised as it stands: the first promise with all later changes and cancellations. Contracts are included."),
        ["cancelled"] = ("Cancelled", "Promised once and taken back."),
        ["delivered"] = ("Delivered", "Has arrived by the day asked for, whether it was promised before or not."),
        ["credited"] = ("Credited", "What arrived for each promise, at most as much as was promised. It can have come as another item than the one named."),
        ["surplus"] = ("Beyond the promise", "Arrived for a promise, but more than was promised."),
        ["unpledged"] = ("Unpromised", "Arrived without a promise that it belongs to. It is in delivered, and makes no promise smaller."),
        ["outstanding"] = ("Outstanding", "Promised and not yet arrived. Each promise is settled by itself: too much for one does not make up for another."),
        ["overdue"] = ("Overdue", "Outstanding although the deadline is over. Without a deadline nothing is overdue."),
        ["overdue_original"] = ("Overdue at first", "Outstanding although the first deadline is over, even if it was moved since."),
        ["unmet_need"] = ("Unmet need", "Asked for, and neither promised nor delivered since, by anybody."),
        ["certain"] = ("Certain and possible",
            "Reports differ and are often vague. 2–4 means: 2 are certain, 4 are possible. “Up to 4” means that none is certain."),
        ["unknown"] = ("Unknown", "Something was promised or delivered, and no number was given. Unknown is not 0 and adds nothing to a sum."),
        ["as_of"] = ("As of", "The state of the world at the end of this day."),
        ["known_at"] = ("Known at", "Only what this store had recorded by this moment. It shows what could be said then."),
        ["firmness"] = ("Firmness", "An intent is only announced. A pledge is promised. A commitment is a contract or a law."),
        ["stage"] = ("Stage",
            "How far a delivery has come. A delivery counts from the stage chosen on: announced, dispatched, arrived, accepted, operational."),
        ["review"] = ("Under review",
            "Two reports may be about one thing. Until an editor decides, both count, and the row says how much may be counted twice."),
        ["joint"] = ("Given together", "Several donors give as one, and no source says who gives how much."),
        ["parts"] = ("Parts", "Each part counts for itself. So the numbers of the whole are what no part has yet."),
        ["commitments"] = ("Commitments", "Number of promises, however large."),
        ["deliveries"] = ("Deliveries", "Number of handovers, however large."),
        ["claims"] = ("Claims", "Number of passages in articles that say so."),
        ["publishers"] = ("Publishers", "Number of independent publishers that say so."),
    };

    public static string Name(string term) => All.TryGetValue(term, out var found) ? found.Name : Show.Capital(Show.Word(term));

    public static string? Text(string term) => All.TryGetValue(term, out var found) ? found.Text : null;

    public static IEnumerable<(string Term, string Name, string Text)> Of(params IEnumerable<string> terms) => terms.Select(t => (t, All[t].Name, All[t].Text));
}
