namespace Facts;

/// <summary>All facts that exist from a view, in the facts' order.</summary>
public sealed record FactStates(
    EvaluationOptions Options,
    IReadOnlyList<RequestState> Requests,
    IReadOnlyList<CommitmentState> Commitments,
    IReadOnlyList<DeliveryState> Deliveries,
    IReadOnlyList<Link> Links)
{
    /// <summary>Requests, commitments, deliveries.</summary>
    public IEnumerable<FactState> All => [.. Requests, .. Commitments, .. Deliveries];
}
