namespace Facts.Api.Http;

/// <summary>Kind of value that a member of a wire record takes.</summary>
internal enum MemberKind { Text, Number, Whole, Flag, Texts, Record, Records }
