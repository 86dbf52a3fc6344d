namespace Facts.Api.Changes;

/// <summary>What a change of the store was about.</summary>
internal enum ChangeKind { Claims, Withdrawal, Rank, Article, Decision, Party, Item }
