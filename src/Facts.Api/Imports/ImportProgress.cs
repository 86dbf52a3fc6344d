using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>Stores the progress and the errors of a running import on a connection of its own, so that callers see them before the import commits.</summary>
/// <param name="database">Not the import's context: its transaction is invisible until it ends.</param>
/// <param name="import">The import, which this process holds.</param>
internal sealed class ImportProgress(FactsContext database, ImportRow import)
{
    /// <summary>The progress when all rows are read. The rest is for computing the facts.</summary>
    const int PercentOfReading = 80;

    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    long _updatedAt;

    /// <summary>Stores errors. They stay even if the import is rolled back.</summary>
    public Task AddErrorsAsync(IReadOnlyCollection<ImportErrorRow> errors, CancellationToken cancel) => database.CopyInAsync(errors, cancel);

    /// <summary>Deletes the errors of an earlier attempt.</summary>
    public Task ClearAsync(CancellationToken cancel) => ImportErrors.ClearAsync(database, import.Id, cancel);

    /// <summary>Stores the progress, at most twice a second.</summary>
    /// <exception cref="OperationCanceledException">A caller has cancelled the import, or another process has taken it over.</exception>
    public async Task UpdateAsync(ImportCounters counters, Stream file, CancellationToken cancel)
    {
        if (_updatedAt != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(_updatedAt) < Interval) return;
        _updatedAt = System.Diagnostics.Stopwatch.GetTimestamp();
        var percent = (int)(PercentOfReading * file.Position / Math.Max(1, file.Length));
        var running = await database.Set<ImportRow>().Where(i => i.Id == import.Id && i.Holder == import.Holder && !i.IsCancelled)
            .ExecuteUpdateAsync(i => i
                .SetProperty(x => x.RowsRead, counters.Read).SetProperty(x => x.RowsFailed, counters.Failed).SetProperty(x => x.Percent, percent), cancel);
        if (running == 0) throw new OperationCanceledException();
    }
}
