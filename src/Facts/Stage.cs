namespace Facts;

/// <summary>Stage of a delivery, in order. <see cref="Rejected"/> stands outside of the order: it takes goods out again.</summary>
public enum Stage { Announced, Dispatched, Arrived, Accepted, Operational, Rejected }
