namespace Facts;

/// <summary>What rows are made of; the unit is always part of it.</summary>
[Flags]
public enum Grouping { None = 0, Donor = 1, Recipient = 2, Item = 4, Category = 8, YearStated = 16, YearDue = 32 }
