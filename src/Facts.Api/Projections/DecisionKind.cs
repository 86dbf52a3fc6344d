namespace Facts.Api.Projections;

/// <summary>What an editor decided: about two facts, or, where it is a rank, about one claim.</summary>
internal enum DecisionKind { Merge, Split, Link, Unlink, Rank }
