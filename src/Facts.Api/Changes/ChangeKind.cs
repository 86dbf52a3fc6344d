namespace Facts.Api.Changes;

/// <summary>The subject of a change.</summary>
internal enum ChangeKind { Claims, Withdrawal, Rank, Article, Decision, Party, Item, Perimeter }
