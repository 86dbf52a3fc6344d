namespace Facts;

/// <summary>A delivery as of a day, or the unexplained remainder of a cumulative total.</summary>
public sealed record DeliveryState : FactState
{
    /// <summary>The working values of which the state is made.</summary>
    internal DeliveryWork? Work { get; init; }

    public Delivery Delivery => (Delivery)Fact;

    /// <summary>Its number at the minimum stage, less rejections; null without a number. Zero if it has not reached the minimum stage.</summary>
    public Interval? Delivered { get; init; }

    /// <summary>The part of it that went to no commitment; null without a number.</summary>
    public Interval? Unpledged { get; init; }

    /// <summary>The date on which it reached the minimum stage. If it has not: the date of its latest stage.</summary>
    public required FuzzyDate Happened { get; init; }

    /// <summary>The furthest stage that it has reached by the day.</summary>
    public Stage Stage { get; init; }

    /// <summary>True for the unexplained remainder of a cumulative total, false for a delivery that somebody reported.</summary>
    public bool Unexplained { get; init; }
}
