namespace Facts;

/// <summary>A party that asks, gives or receives. A state has its ISO 3166-1 alpha-3 code.</summary>
public sealed record Party(string Code, string Name, PartyKind Kind);
