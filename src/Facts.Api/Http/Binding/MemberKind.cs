namespace Facts.Api.Http;

/// <summary>What a member of a wire record takes.</summary>
internal enum MemberKind { Text, Number, Whole, Flag, Texts, Record, Records }
