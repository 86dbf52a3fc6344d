namespace Facts;

/// <summary>An editor's word on a claim among rivals; a deprecated claim stops counting.</summary>
public enum Rank { Preferred, Normal, Deprecated }
