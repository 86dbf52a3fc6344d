namespace Facts;

/// <summary>Links between deliveries and commitments that an answer uses: all of them, or only explicit ones.</summary>
public enum LinkPolicy { All, Explicit }
