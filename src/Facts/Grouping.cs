namespace Facts;

/// <summary>Groups that make the rows of a balance. Rows are always separate by unit too.</summary>
[Flags]
public enum Grouping { None = 0, Donor = 1, Recipient = 2, Item = 4, Category = 8, YearStated = 16, YearDue = 32 }
