using Facts.Api.Http;
using Facts.Api.Ledger;

namespace Facts.Api.Commitments;

internal static class CommitmentEndpoints
{
    public static void MapCommitments(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/commitments", ListAsync).Documented(Fields, new("listCommitments", "commitments", "List commitments")
        {
            Description = "How each stands at the end of `as_of`, from what was recorded by `known_at`.",
        });
        routes.MapGet("/v1/commitments/{id}", GetAsync).Documented(new("getCommitment", "commitments", "Get one of the commitments")
        {
            Description = "With its links and its claims with their quotes. One that is now part of another answers 308.",
            Query = ListParameters.Time,
            Answer = Fields.Shape(),
            Also = [(StatusCodes.Status308PermanentRedirect, "It is now part of another.")],
            Errors = [Problems.NotFound],
        });
    }

    static readonly ListFields<CommitmentRow> Fields = FactLists.Ending(FactLists.Common(new ListFields<CommitmentRow>("Commitment")
        .Id("id", f => f.Id, "Number of the fact."))
        .Field("firmness", f => f.Firmness, "How binding it is.", facet: true, words: Words.All<Firmness>())
        .Field("status", f => f.Status, "How far it has come.", facet: true, words: Words.All<CommitmentStatus>(), example: "open")
        .Field("due_on", f => f.DueOn, "The deadline in force (EDTF).")
        .Field("due_from", f => f.DueFrom, "First day of the deadline; null where open.")
        .Field("due_to", f => f.DueTo, "Last day of the deadline; null where open.")
        .Field("original_due_on", f => f.OriginalDueOn, "The first deadline (EDTF).")
        .Field("part_of", f => f.PartOf, "Key of the larger commitment it is inside.")
        .Field("conditional", f => f.Conditional, "Under a condition that is not met.")
        .Field("on_hold", f => f.OnHold, "Deliveries are suspended.")
        .Field("overdue", f => f.Overdue, "Something outstanding is possibly past its deadline.")
        .Field("intended_low", f => f.IntendedLow, "Of an intent: certain.")
        .Field("intended_high", f => f.IntendedHigh, "Of an intent: possible; null without bound.")
        .Field("original_low", f => f.OriginalLow, "As first made: certain.")
        .Field("original_high", f => f.OriginalHigh, "As first made: possible; null without bound.")
        .Field("committed_low", f => f.CommittedLow, "Now: certain.")
        .Field("committed_high", f => f.CommittedHigh, "Now: possible; null without bound.")
        .Field("cancelled_low", f => f.CancelledLow, "Taken back: certain.")
        .Field("cancelled_high", f => f.CancelledHigh, "Taken back: possible; null without bound.")
        .Field("delivered_low", f => f.DeliveredLow, "Delivered to it: certain.")
        .Field("delivered_high", f => f.DeliveredHigh, "Delivered to it: possible; null without bound.")
        .Field("credited_low", f => f.CreditedLow, "Delivered, at most what is committed: certain.")
        .Field("credited_high", f => f.CreditedHigh, "Delivered, at most what is committed: possible; null without bound.")
        .Field("surplus_low", f => f.SurplusLow, "Delivered beyond it: certain.")
        .Field("surplus_high", f => f.SurplusHigh, "Delivered beyond it: possible; null without bound.")
        .Field("outstanding_low", f => f.OutstandingLow, "Still to come: certain.")
        .Field("outstanding_high", f => f.OutstandingHigh, "Still to come: possible; null without bound.")
        .Field("overdue_low", f => f.OverdueLow, "Outstanding past the deadline: certain.")
        .Field("overdue_high", f => f.OverdueHigh, "Outstanding past the deadline: possible; null without bound.")
        .Field("overdue_original_low", f => f.OverdueOriginalLow, "Outstanding past the first deadline: certain.")
        .Field("overdue_original_high", f => f.OverdueOriginalHigh, "Outstanding past the first deadline: possible; null without bound."));

    static Task<IResult> ListAsync(HttpContext http, FactLists facts, CancellationToken cancel) =>
        facts.AnswerAsync(http, Fields, rows => rows.Commitments, cancel);

    static Task<IResult> GetAsync(HttpContext http, string id, FactLists facts, CancellationToken cancel) =>
        facts.GetAsync(http, id, "commitments", Fields, rows => rows.Commitments, cancel);
}
