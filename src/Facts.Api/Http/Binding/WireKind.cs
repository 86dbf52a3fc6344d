namespace Facts.Api.Http;

/// <summary>Kind of value on the wire, in a query string and in the OpenAPI document.</summary>
internal enum WireKind { Text, Word, Whole, Number, Flag, Day, Instant, Nested }
