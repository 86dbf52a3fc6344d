namespace Facts;

/// <summary>How binding a pledge is; <see cref="Committed"/> means a contract or a law.</summary>
public enum Firmness { Intent, Pledged, Committed }
