namespace Facts.Api.Http;

/// <summary>What a cell of a column holds, for whoever writes it.</summary>
internal enum CellKind { Text, Whole, Number, Flag, Day, Instant, Set, Nested }
