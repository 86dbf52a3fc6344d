namespace Facts;

/// <summary>What a fact is: a stated need, an undertaking to give, or something handed over.</summary>
public enum FactKind { Request, Commitment, Delivery }
