namespace Facts;

/// <summary>What decided between claims that disagree.</summary>
internal enum TieBreaker { Agreed, PreferredRank, MostPublishers, Latest, Smaller }
