namespace Facts;

/// <summary>The rule that chose a value among claims that disagree, in the order in which the rules apply.</summary>
internal enum TieBreaker { Agreed, PreferredRank, MostPublishers, Latest, Smaller }
