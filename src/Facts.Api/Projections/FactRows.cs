using Facts.Api.Http;

namespace Facts.Api.Projections;

/// <summary>The rows of facts as they stand on a day: kept by the ledger for today on, made for the occasion for any other day.</summary>
internal sealed record FactRows(List<RequestRow> Requests, List<CommitmentRow> Commitments, List<DeliveryRow> Deliveries, List<LinkRow> Links)
{
    public static FactRows From(FactStates standings) => From([.. standings.All], standings.Links);

    public static FactRows From(IReadOnlyCollection<FactState> standings) => From(standings, standings.SelectMany(s => s.Links).Distinct());

    static FactRows From(IReadOnlyCollection<FactState> standings, IEnumerable<Link> links) => new(
        [.. standings.OfType<RequestState>().Select(Request)],
        [.. standings.OfType<CommitmentState>().Select(Commitment)],
        [.. standings.OfType<DeliveryState>().Where(d => d.Counts).Select(Delivery)],
        [.. links.GroupBy(l => (l.Commitment.Id, Delivery: l.Delivery.Id)).Select(Link)]);

    /// <summary>Where a fact is kept: where its first claim is. What the claims agree on together need not be the partition of any of them.</summary>
    public static string ScopeOf(Fact fact) => fact.First.Partition!;

    static RequestRow Request(RequestState request) => Common(new RequestRow
    {
        RequestedLow = request.Requested?.Low,
        RequestedHigh = request.Requested?.High,
        UnmetNeedLow = request.UnmetNeed?.Low,
        UnmetNeedHigh = request.UnmetNeed?.High,
    }, request);

    static CommitmentRow Commitment(CommitmentState commitment)
    {
        var counts = commitment.Measures;
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
            Overdue = counts.Overdue is { } late && late.High is not 0,
            IntendedLow = counts.Intended?.Low,
            IntendedHigh = counts.Intended?.High,
            OriginalLow = commitment.Original?.Low,
            OriginalHigh = commitment.Original?.High,
            CommittedLow = commitment.Current?.Low,
            CommittedHigh = commitment.Current?.High,
            CancelledLow = commitment.Cancelled.Low,
            CancelledHigh = commitment.Cancelled.High,
            DeliveredLow = commitment.Delivered.InOrder().Low,
            DeliveredHigh = commitment.Delivered.InOrder().High,
            CreditedLow = commitment.Credited?.InOrder().Low,
            CreditedHigh = commitment.Credited?.InOrder().High,
            SurplusLow = commitment.Surplus?.Low,
            SurplusHigh = commitment.Surplus?.High,
            OutstandingLow = commitment.Outstanding?.Low,
            OutstandingHigh = commitment.Outstanding?.High,
            OverdueLow = counts.Overdue?.Low,
            OverdueHigh = counts.Overdue?.High,
            OverdueOriginalLow = counts.OverdueOriginal?.Low,
            OverdueOriginalHigh = counts.OverdueOriginal?.High,
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
        UnpledgedExchanged = delivery.Unpledged is { } unpledged && unpledged != unpledged.InOrder(),
    }, delivery);

    static LinkRow Link(IGrouping<(long Commitment, long Delivery), Link> links)
    {
        var quantity = links.Select(l => l.Quantity).Aggregate((a, b) => a + b);
        var commitment = links.First().Commitment;
        return new()
        {
            CommitmentId = links.Key.Commitment,
            DeliveryId = links.Key.Delivery,
            Partition = ScopeOf(commitment),
            Explicit = links.Any(l => l.Explicit),
            QuantityLow = quantity.Low,
            QuantityHigh = quantity.High,
        };
    }

    static TRow Common<TRow>(TRow row, FactState standing) where TRow : FactRow
    {
        row.Id = standing.FactId;
        row.Partition = ScopeOf(standing.Fact);
        row.Begins = standing.Begins;
        row.Ends = standing.Ends;
        row.Key = standing.Key;
        row.Donors = [.. standing.Donors.Codes];
        row.Recipient = standing.Recipient;
        row.Items = [.. standing.Items.Codes];
        row.Unit = standing.Unit;
        row.StatedOn = standing.Stated.Text;
        row.StatedFrom = standing.Stated.From;
        row.StatedTo = standing.Stated.To;
        row.Unquantified = standing.Unquantified;
        row.Disputed = standing.Disputed;
        row.Conflict = standing.Conflict;
        row.PossibleOverlap = standing.PossibleOverlap;
        row.EnvelopeLow = standing.Envelope?.Low;
        row.EnvelopeHigh = standing.Envelope?.High;
        row.Claims = standing.Claims.Count;
        row.Publishers = standing.Claims.Select(c => c.Article.PublisherKey).Distinct(StringComparer.Ordinal).Count();
        row.ClaimIds = [.. standing.Claims.Select(c => c.Id)];
        return row;
    }
}
