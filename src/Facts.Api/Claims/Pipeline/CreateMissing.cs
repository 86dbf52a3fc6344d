namespace Facts.Api.Claims;

/// <summary>The unknown names for which a write creates a party or an item: none, all, those of parties, or those of items.</summary>
internal enum CreateMissing { False, True, Parties, Items }
