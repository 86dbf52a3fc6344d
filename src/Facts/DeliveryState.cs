namespace Facts;

/// <summary>A delivery, or what a running total leaves unexplained, as it stands.</summary>
public sealed record DeliveryState : FactState
{
    public Delivery Delivery => (Delivery)Fact;

    /// <summary>What counts of it at the stage asked for, less rejections; null where it has no number.</summary>
    public Interval? Delivered { get; init; }

    /// <summary>What of it went to no commitment.</summary>
    public Interval? Unpledged { get; init; }

    /// <summary>When it reached the stage asked for; where it has not, when it reached its latest stage.</summary>
    public required FuzzyDate Happened { get; init; }

    /// <summary>The furthest stage it has reached by the day.</summary>
    public Stage Stage { get; init; }

    /// <summary>What a running total leaves unexplained, not a delivery somebody reported.</summary>
    public bool Unexplained { get; init; }
}
