namespace Facts.Api.Http;

/// <summary>Kind of value in a cell, for the writers of the formats.</summary>
internal enum CellKind { Text, Whole, Number, Flag, Day, Instant, Set, Nested }
