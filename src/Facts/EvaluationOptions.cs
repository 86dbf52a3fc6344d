namespace Facts;

/// <summary>Options of an evaluation: the day, the minimum stage and the link policy.</summary>
/// <param name="AsOf">Day of event time: the answer holds for the end of this day.</param>
/// <param name="MinStage">Deliveries count from this stage on; never <see cref="Stage.Rejected"/>.</param>
/// <param name="Links">Links that are used. With <see cref="LinkPolicy.Explicit"/>, deliveries without a commitment key go to no commitment.</param>
public sealed record EvaluationOptions(DateOnly AsOf, Stage MinStage = Stage.Arrived, LinkPolicy Links = LinkPolicy.All)
{
    /// <summary>Options for cancellations and remainders, which do not depend on the question: default stage, all links.</summary>
    internal static EvaluationOptions Default(DateOnly day) => new(day);
}
