namespace Facts;

/// <summary>Kind of a party.</summary>
public enum PartyKind { State, Alliance, Organization, Company, Group }
