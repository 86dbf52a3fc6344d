namespace Facts.Api.Balances;

/// <summary>Length of a step of a timeline.</summary>
internal enum Step { Month, Quarter, Year }
