namespace Facts.Api.Imports;

/// <summary>Effect of a refused row on the other rows: nothing is stored, or the refused row is skipped.</summary>
internal enum OnError { Abort, Skip }
