namespace Facts.Api.Imports;

/// <summary>Format of a file of claims.</summary>
internal enum FileFormat { Csv, Ndjson, Json }
