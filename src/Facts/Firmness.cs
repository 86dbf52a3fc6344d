namespace Facts;

/// <summary>Firmness of a pledge. <see cref="Committed"/> means a contract or a law.</summary>
public enum Firmness { Intent, Pledged, Committed }
