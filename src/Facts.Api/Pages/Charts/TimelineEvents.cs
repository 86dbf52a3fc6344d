using Facts.Api.Balances;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.FactLists;
using Facts.Api.Http;
using Facts.Api.Projections;

namespace Facts.Api.Pages;

/// <summary>Reads what is marked on a chart over time: promises, changes of promises, deliveries and deadlines, by the lists of the interface.</summary>
internal sealed class TimelineEvents(FactsContext database, FactListAnswers facts, CatalogueCache catalogues)
{
    /// <summary>Most events of a lane, in the table of a chart.</summary>
    public const int Most = 60;

    /// <summary>The largest events of each lane, the largest first: changes are those of the largest promises. Deadlines come by their day.</summary>
    /// <param name="http">The request of the page.</param>
    /// <param name="question">The question about balances, with all its conditions.</param>
    /// <param name="filter">The same as read.</param>
    /// <param name="unit">The unit of the chart.</param>
    /// <param name="cancel">Ends the queries.</param>
    public async Task<IReadOnlyList<TimelineEvent>> ReadAsync(
        HttpContext http, PageAddress question, BalanceFilter filter, string? unit, CancellationToken cancel)
    {
        var names = (await catalogues.ReadAsync(http, cancel)).Shown;
        var promised = await CommitmentsAsync(("sort", "-original_low"));
        var due = await CommitmentsAsync(("sort", "due_on"), ("due_on__isnull", "false"));
        var events = promised.Select(c => new TimelineEvent(TimelineEvent.Promised, (c.StatedFrom ?? c.StatedTo)!.Value, FactText.Of(c, names), Of(c)))
            .Concat(due.Where(c => c.DueTo is not null).Select(c => new TimelineEvent(TimelineEvent.Due, c.DueTo!.Value,
                $"Due {Show.Date(c.DueOn)}: {FactText.Of(c, names)}", Of(c))));
        // Deliveries have no firmness, status or deadline.
        return [.. events, .. await ChangesAsync(), .. filter.OnlyCommitments ? [] : await DeliveriesAsync()];

        // A change often names only the key of its commitment, so it is found by that.
        async Task<IEnumerable<TimelineEvent>> ChangesAsync()
        {
            var byKey = promised.Where(c => c is { Key: not null, Claims: > 1 }).DistinctBy(c => c.Key).ToDictionary(c => c.Key!);
            if (byKey.Count == 0) return [];
            var changed = await RoomQuestion.RowsAsync<ClaimResponse>(http, "/v1/claims",
                [.. question.At("", ["as_of", "known_at"]).Query, ("kind", "amendment,cancellation"),
                    ("commitment", string.Join(',', byKey.Keys.Select(QueryText.Quoted))), ("sort", "-quantity_low"), ("limit", $"{Most}")],
                (request, token) => ClaimEndpoints.ListAsync(request, database, catalogues, token));
            return from row in changed.Items
                   let claim = row.Claim
                   where (claim.StatedFrom ?? claim.StatedTo) is not null
                   let number = claim.QuantityLow is null && claim.QuantityHigh is null ? "" : $", {ClaimParts.Amount(claim)}"
                   select new TimelineEvent(TimelineEvent.Changed, (claim.StatedFrom ?? claim.StatedTo)!.Value,
                       $"{ClaimText.Event(claim)}{number}: {FactText.Of(byKey[claim.Commitment!], names)}", $"/claims/{claim.Id}");
        }

        async Task<IEnumerable<TimelineEvent>> DeliveriesAsync()
        {
            var stages = EnumWords.All<Stage>().Where(s => s != "rejected").SkipWhile(s => s != EnumWords.ToWord(filter.Evaluation.MinStage));
            var delivered = await RoomQuestion.RowsAsync<DeliveryRow>(http, "/v1/deliveries",
                [.. Query(ExploreReader.OfClaims), ("stage", string.Join(',', stages)), ("sort", "-delivered_low")],
                (request, token) => facts.AnswerAsync(request, DeliveryListSchema.Fields, r => r.Deliveries, token, filter.Facts));
            return from delivery in delivered.Items
                   let day = delivery.HappenedTo ?? delivery.HappenedFrom
                   where day is not null
                   select new TimelineEvent(TimelineEvent.Arrived, day.Value, FactText.Of(delivery, names), $"/deliveries/{delivery.Id}");
        }

        async Task<IReadOnlyList<CommitmentRow>> CommitmentsAsync(params (string, string)[] more) => (await RoomQuestion.RowsAsync<CommitmentRow>(
            http, "/v1/commitments", [.. Query(ExploreReader.OfFacts), .. more],
            (request, token) => facts.AnswerAsync(request, CommitmentListSchema.Fields, r => r.Commitments, token, filter.Facts))).Items;

        IEnumerable<(string, string)> Query(IEnumerable<string> filters) =>
        [
            .. question.At("", filters.Except(["unit"])).Query, unit is null ? ("unit__isnull", "true") : ("unit", QueryText.Quoted(unit)),
            ("limit", $"{Most}"),
        ];

        static string Of(CommitmentRow commitment) => $"/commitments/{commitment.Id}";
    }
}
