namespace Facts;

/// <summary>Working values of a delivery on a day, or of the unexplained remainder of a cumulative total: its own claims first, then commitments.</summary>
internal sealed class DeliveryWork(DeliveryReading reading)
{
    /// <summary>The values that its own claims give.</summary>
    public DeliveryReading Reading => reading;

    public Delivery Delivery => reading.Delivery;
    public DateWindow When => reading.When;
    public bool Counts => reading.Counts;
    public bool Unquantified => reading.Unquantified;
    public bool Unexplained => reading.Unexplained;
    public IReadOnlyList<Rejection> Rejections => reading.Rejections;

    /// <summary>The number that counts; null without one. Allocation sets it for a delivery without a number that names its commitment.</summary>
    public Interval? Value { get; set; } = reading.Value;

    public bool Conflict { get; set; } = reading.Conflict;
    public Interval Unpledged { get; set; } = Interval.Zero;

    /// <summary>Its place among those of its kind, set by <see cref="Matching"/>.</summary>
    public int Number { get; set; }

    /// <summary>True if these are certainly the same working values as others.</summary>
    public bool IsAs(DeliveryWork other) => ReferenceEquals(reading, other.Reading)
        && (Value, Unpledged, Conflict) == (other.Value, other.Unpledged, other.Conflict);
}
