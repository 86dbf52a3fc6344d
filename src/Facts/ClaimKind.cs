namespace Facts;

/// <summary>Kind of event that a claim reports.</summary>
public enum ClaimKind { Request, Pledge, Amendment, Cancellation, Delivery, Assessment }
