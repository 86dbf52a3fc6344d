using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>The rows of the facts of one day. The projections store them for the days they cover; for other days they are computed for one query.</summary>
internal sealed record FactRows(List<RequestRow> Requests, List<CommitmentRow> Commitments, List<DeliveryRow> Deliveries, List<LinkRow> Links)
{
    static readonly List<LinkRow> NoLinks = [];

    /// <param name="states">All states of a day.</param>
    /// <param name="known">Rows of an earlier computation; null without one.</param>
    public static FactRows From(FactStates states, KnownRows? known = null)
    {
        var ofDay = known?.On(states.Options) ?? new();
        var rows = new FactRows(new(states.Requests.Count), new(states.Commitments.Count), new(states.Deliveries.Count), []);
        foreach (var (i, row) in ofDay.Requests.Of(states.Requests, Request).Index())
            if (states.Requests[i].Counts) rows.Requests.Add(row);
        foreach (var (row, links) in ofDay.Commitments.Of(states.Commitments, c => (Commitment(c), c.Links.Count == 0 ? NoLinks : LinkRows(c.Links))))
        {
            rows.Commitments.Add(row);
            rows.Links.AddRange(links);
        }
        foreach (var (i, row) in ofDay.Deliveries.Of(states.Deliveries, Delivery).Index())
            if (states.Deliveries[i].Counts) rows.Deliveries.Add(row);
        return rows;
    }

    /// <param name="states">Some states of a day.</param>
    public static FactRows From(IReadOnlyCollection<FactState> states)
    {
        return new(
            Rows<RequestState, RequestRow>(Request), Rows<CommitmentState, CommitmentRow>(Commitment), Rows<DeliveryState, DeliveryRow>(Delivery),
            LinkRows(states.SelectMany(s => s.Links).Distinct()));

        List<TRow> Rows<TState, TRow>(Func<TState, TRow> make) where TState : FactState where TRow : FactRow =>
            [.. states.OfType<TState>().Where(s => s.Counts).Select(make)];
    }

    static List<LinkRow> LinkRows(IEnumerable<Link> links) => [.. links.GroupBy(l => (l.Commitment.Id, Delivery: l.Delivery.Id)).Select(Link)];

    /// <summary>Adds the rows of other facts.</summary>
    public void Add(FactRows more)
    {
        Requests.AddRange(more.Requests);
        Commitments.AddRange(more.Commitments);
        Deliveries.AddRange(more.Deliveries);
        Links.AddRange(more.Links);
    }

    /// <summary>The partition in which a fact is stored: that of its first claim. Its merged values may belong to another partition.</summary>
    public static string PartitionOf(Fact fact) => fact.First.Partition!;

    static RequestRow Request(RequestState request) => Common(new RequestRow
    {
        RequestedLow = request.Requested?.Low,
        RequestedHigh = request.Requested?.High,
        UnmetNeedLow = request.UnmetNeed?.Low,
        UnmetNeedHigh = request.UnmetNeed?.High,
    }, request);

    static CommitmentRow Commitment(CommitmentState commitment)
    {
        var measures = commitment.Measures;
        return Common(new CommitmentRow
        {
            Firmness = EnumWords.ToWord(commitment.Firmness),
            Status = EnumWords.ToWord(commitment.Status),
            DueOn = commitment.Due?.Text,
            DueFrom = commitment.Due?.From,
            DueTo = commitment.Due?.To,
            OriginalDueOn = commitment.OriginalDue?.Text,
            Deadlines = [.. commitment.Deadlines.Select(d => new DeadlineRow(d.Due.Text, d.Due.From, d.Due.To, d.Claim.Id, d.Claim.Stated.Text))],
            PartOf = commitment.PartOf,
            Conditional = commitment.Conditional,
            OnHold = commitment.OnHold,
            Overdue = measures.Overdue is { } late && late.High is not 0,
            IntendedLow = measures.Intended?.Low,
            IntendedHigh = measures.Intended?.High,
            OriginalLow = commitment.Original?.Low,
            OriginalHigh = commitment.Original?.High,
            CommittedLow = commitment.Current?.Low,
            CommittedHigh = commitment.Current?.High,
            CancelledLow = commitment.Cancelled.Low,
            CancelledHigh = commitment.Cancelled.High,
            DeliveredLow = commitment.Delivered.Low,
            DeliveredHigh = commitment.Delivered.High,
            CreditedLow = commitment.Credited?.Low,
            CreditedHigh = commitment.Credited?.High,
            SurplusLow = commitment.Surplus?.Low,
            SurplusHigh = commitment.Surplus?.High,
            OutstandingLow = commitment.Outstanding?.Low,
            OutstandingHigh = commitment.Outstanding?.High,
            OverdueLow = measures.Overdue?.Low,
            OverdueHigh = measures.Overdue?.High,
            OverdueOriginalLow = measures.OverdueOriginal?.Low,
            OverdueOriginalHigh = measures.OverdueOriginal?.High,
        }, commitment);
    }

    static DeliveryRow Delivery(DeliveryState delivery) => Common(new DeliveryRow
    {
        HappenedOn = delivery.Happened.Text,
        HappenedFrom = delivery.Happened.From,
        HappenedTo = delivery.Happened.To,
        Stage = EnumWords.ToWord(delivery.Stage),
        Unexplained = delivery.Unexplained,
        DeliveredLow = delivery.Delivered?.InOrder().Low,
        DeliveredHigh = delivery.Delivered?.InOrder().High,
        UnpledgedLow = delivery.Unpledged?.InOrder().Low,
        UnpledgedHigh = delivery.Unpledged?.InOrder().High,
    }, delivery);

    static LinkRow Link(IGrouping<(long Commitment, long Delivery), Link> links)
    {
        var quantity = links.Select(l => l.Quantity).Aggregate((a, b) => a + b);
        var commitment = links.First().Commitment;
        return new()
        {
            CommitmentId = links.Key.Commitment,
            DeliveryId = links.Key.Delivery,
            Partition = PartitionOf(commitment),
            Explicit = links.Any(l => l.Explicit),
            QuantityLow = quantity.Low,
            QuantityHigh = quantity.High,
        };
    }

    static TRow Common<TRow>(TRow row, FactState state) where TRow : FactRow
    {
        row.Id = state.FactId;
        row.Partition = PartitionOf(state.Fact);
        row.Begins = state.Begins;
        row.Ends = state.Ends;
        row.Key = state.Key;
        row.Donors = [.. state.Donors.Codes];
        row.Recipient = state.Recipient;
        row.Items = [.. state.Items.Codes];
        row.Unit = state.Unit;
        row.StatedOn = state.Stated.Text;
        row.StatedFrom = state.Stated.From;
        row.StatedTo = state.Stated.To;
        row.Unquantified = state.Unquantified;
        row.Disputed = state.Disputed;
        row.Conflict = state.Conflict;
        row.PossibleOverlap = state.PossibleOverlap;
        row.EnvelopeLow = state.Envelope?.Low;
        row.EnvelopeHigh = state.Envelope?.High;
        row.Claims = state.Claims.Count;
        row.Publishers = state.Claims.Count == 1 ? 1 : state.Claims.Select(c => c.Article.PublisherKey).Distinct(StringComparer.Ordinal).Count();
        row.ClaimIds = [.. state.Claims.Select(c => c.Id)];
        return row;
    }
}
