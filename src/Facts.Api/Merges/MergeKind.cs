namespace Facts.Api.Merges;

/// <summary>The kind of catalogue entry that is merged.</summary>
internal enum MergeKind { Party, Item }
