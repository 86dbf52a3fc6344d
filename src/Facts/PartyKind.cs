namespace Facts;

/// <summary>What kind of actor a party is.</summary>
public enum PartyKind { State, Alliance, Organization, Company, Group }
