namespace Facts;

/// <summary>Kind of a fact: a stated need, an undertaking to give, or something handed over.</summary>
public enum FactKind { Request, Commitment, Delivery }
