namespace Facts;

/// <summary>How far a delivery has come. In order, but for <see cref="Rejected"/>, which takes it out again.</summary>
public enum Stage { Announced, Dispatched, Arrived, Accepted, Operational, Rejected }
