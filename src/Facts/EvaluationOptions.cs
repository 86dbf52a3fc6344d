namespace Facts;

/// <summary>From where the facts are seen.</summary>
/// <param name="AsOf">Event time: what had happened by the end of this day.</param>
/// <param name="MinStage">Deliveries count from here on; not <see cref="Stage.Rejected"/>.</param>
/// <param name="Links">Whether deliveries without a commitment's key go to matching commitments.</param>
public sealed record EvaluationOptions(DateOnly AsOf, Stage MinStage = Stage.Arrived, LinkPolicy Links = LinkPolicy.All)
{
    /// <summary>How changes are evaluated whatever the question: default stage, all links.</summary>
    internal static EvaluationOptions Default(DateOnly day) => new(day);
}
