namespace Facts;

/// <summary>States of all facts that exist on a day, in the order of facts: article and external id of the first report.</summary>
public sealed record FactStates(
    EvaluationOptions Options,
    IReadOnlyList<RequestState> Requests,
    IReadOnlyList<CommitmentState> Commitments,
    IReadOnlyList<DeliveryState> Deliveries,
    IReadOnlyList<Link> Links)
{
    /// <summary>All states: first requests, then commitments, then deliveries.</summary>
    public IEnumerable<FactState> All => [.. Requests, .. Commitments, .. Deliveries];
}
