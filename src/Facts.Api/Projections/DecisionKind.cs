namespace Facts.Api.Projections;

/// <summary>Kind of an editor's decision. A rank is about one claim, every other decision is about two facts.</summary>
internal enum DecisionKind { Merge, Split, Link, Unlink, Rank }
