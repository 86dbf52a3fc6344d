namespace Facts.Api.Balances;

/// <summary>How long a step of a timeline is.</summary>
internal enum Step { Month, Quarter, Year }
