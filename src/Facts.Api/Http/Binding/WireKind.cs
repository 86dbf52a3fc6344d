namespace Facts.Api.Http;

/// <summary>What a value is on the wire, in a query string and in the OpenAPI document alike.</summary>
internal enum WireKind { Text, Word, Whole, Number, Flag, Day, Instant, Nested }
