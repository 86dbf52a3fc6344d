namespace Facts;

/// <summary>Rank that an editor gives a claim. A preferred claim wins against rivals; a deprecated claim stops counting.</summary>
public enum Rank { Preferred, Normal, Deprecated }
