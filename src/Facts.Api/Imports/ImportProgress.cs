using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>How far a load is, for those who ask meanwhile. On a connection of its own: the load's own transaction is nobody's to see until it ends.</summary>
/// <param name="beside">Not the load's.</param>
/// <param name="import">The load's number.</param>
internal sealed class ImportProgress(FactsContext beside, long import)
{
    /// <summary>What is left when all rows are read: to compute what they amount to.</summary>
    const int PercentOfReading = 80;

    static readonly TimeSpan Often = TimeSpan.FromMilliseconds(500);

    long _told;

    /// <summary>Stores errors, which outlive a load that is taken back.</summary>
    public Task KeepAsync(IReadOnlyCollection<ImportErrorRow> errors, CancellationToken cancel) => beside.CopyInAsync(errors, cancel);

    public Task ClearAsync(CancellationToken cancel) => ImportErrors.ClearAsync(beside, import, cancel);

    /// <summary>Tells it now and then; stops the load where somebody wants that, from whatever process.</summary>
    public async Task TellAsync(ImportCounters tally, Stream file, CancellationToken cancel)
    {
        if (_told != 0 && System.Diagnostics.Stopwatch.GetElapsedTime(_told) < Often) return;
        _told = System.Diagnostics.Stopwatch.GetTimestamp();
        var percent = (int)(PercentOfReading * file.Position / Math.Max(1, file.Length));
        var going = await beside.Set<ImportRow>().Where(i => i.Id == import && !i.IsCancelled)
            .ExecuteUpdateAsync(i => i.SetProperty(x => x.RowsRead, tally.Read).SetProperty(x => x.RowsFailed, tally.Failed).SetProperty(x => x.Percent, percent), cancel);
        if (going == 0) throw new OperationCanceledException();
    }
}
