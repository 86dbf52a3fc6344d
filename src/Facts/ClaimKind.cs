namespace Facts;

/// <summary>What a claim says happened or should happen.</summary>
public enum ClaimKind { Request, Pledge, Amendment, Cancellation, Delivery, Assessment }
