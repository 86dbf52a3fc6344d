namespace Facts;

/// <summary>Which links between deliveries and commitments an answer uses.</summary>
public enum LinkPolicy { All, Explicit }
