using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The columns of imports.</summary>
internal static class ImportListSchema
{
    public static readonly ListSchema<ImportRow> Fields = new ListSchema<ImportRow>("Import")
        .Id("id", i => i.Id, "Number of the import.")
        .Field("state", i => i.State, "State of the import.", facet: true, words: EnumWords.All<ImportState>())
        .Field("reason", i => i.Reason, "Why the import failed, or why the whole of it was refused; null where neither happened.")
        .Field("file_format", i => i.Format, "Format of the file.", facet: true, words: EnumWords.All<FileFormat>())
        .Field("bytes", i => i.Bytes, "Size of the file in bytes, decompressed.")
        .Field("rows_read", i => i.RowsRead, "Number of rows read so far.")
        .Field("rows_created", i => i.RowsCreated, "Number of claims that are new.")
        .Field("rows_updated", i => i.RowsUpdated, "Number of claims that supersede older editions.")
        .Field("rows_unchanged", i => i.RowsUnchanged, "Number of rows that were stored before.")
        .Field("rows_failed", i => i.RowsFailed, "Number of rows that were refused.")
        .Field("rows_dropped", i => i.RowsDropped, "Number of claims that the file no longer holds and that `missing` withdrew or cancelled.")
        .Field("percent", i => i.Percent, "Progress in percent, from 0 to 100.")
        .Field("queued_at", i => i.QueuedAt, "Moment at which the file was received (UTC).")
        .Field("started_at", i => i.StartedAt, "Moment at which the import began (UTC); null while it waits.")
        .Field("finished_at", i => i.FinishedAt, "Moment at which the import ended (UTC); null while it waits or runs.")
        .SortedBy("-id");
}
