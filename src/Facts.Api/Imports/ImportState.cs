namespace Facts.Api.Imports;

/// <summary>
/// State of an import. Its final state is done, checked (after a dry run), refused (for errors in the file), cancelled, or failed (for a reason outside the
/// file).
/// </summary>
internal enum ImportState { Queued, Running, Done, Refused, Failed, Cancelled, Checked }
