namespace Facts.Api.Imports;

/// <summary>Where a load is. It ends as done, as checked (a dry run), refused (rows were), cancelled, or failed (through no fault of the file).</summary>
internal enum ImportState { Queued, Running, Done, Refused, Failed, Cancelled, Checked }
