namespace Facts.Api.Imports;

/// <summary>What a refused row does to the others.</summary>
internal enum OnError { Abort, Skip }
