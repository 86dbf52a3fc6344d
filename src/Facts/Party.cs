namespace Facts;

/// <summary>Somebody who asks, gives or receives. States have ISO 3166-1 alpha-3 codes.</summary>
public sealed record Party(string Code, string Name, PartyKind Kind);
