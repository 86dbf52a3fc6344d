namespace Facts.Api.Projections;

/// <summary>The rows of the fact states of some days. A state that is taken over from an earlier computation has the same rows as then.</summary>
internal sealed class KnownRows
{
    Dictionary<EvaluationOptions, OfDay> _before = [], _now = [];

    /// <summary>The rows of one day; of a commitment also those of its links.</summary>
    public sealed class OfDay
    {
        public KeptWithStates<RequestState, RequestRow> Requests { get; } = new();
        public KeptWithStates<CommitmentState, (CommitmentRow Row, List<LinkRow> Links)> Commitments { get; } = new();
        public KeptWithStates<DeliveryState, DeliveryRow> Deliveries { get; } = new();
    }

    /// <summary>Begins a computation. Rows of days that the last one did not ask for are forgotten.</summary>
    public void Begin() => (_before, _now) = (_now, []);

    public OfDay On(EvaluationOptions options) => _now[options] = _before.GetValueOrDefault(options) ?? new();
}
