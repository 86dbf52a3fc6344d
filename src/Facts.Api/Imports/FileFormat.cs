namespace Facts.Api.Imports;

/// <summary>What a file of claims is written in.</summary>
internal enum FileFormat { Csv, Ndjson, Json }
