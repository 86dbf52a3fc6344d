using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>Carries out a load and writes down what came of it.</summary>
internal sealed class ImportRun(FactsContext database, ClaimWriter writer, TimeProvider clock)
{
    /// <summary>A load of a few rows, at once.</summary>
    /// <returns>Its row, with its number.</returns>
    public async Task<ImportRow> AtOnceAsync(ImportRow import, ImportOptions options, IReadOnlyList<NumberedClaim> rows, CancellationToken cancel)
    {
        var tally = new ImportTally();
        var written = await writer.WriteAsync(rows, options.ToWrite(), cancel);
        tally.Add(rows.Count, written);
        End(import, options, tally);
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        database.Add(import);
        await database.SaveChangesAsync(cancel);
        await database.CopyInAsync(ImportErrors.Rows(import.Id, rows, written.Errors), cancel);
        await transaction.CommitAsync(cancel);
        return import;
    }

    /// <summary>A queued load, from its file.</summary>
    /// <param name="import">Its row, which is changed and not stored.</param>
    /// <param name="options">How.</param>
    /// <param name="file">Its file, from the beginning.</param>
    /// <param name="progress">Is told how far it is, and keeps the errors, whatever becomes of the load.</param>
    /// <param name="cancel">Ends it with nothing written.</param>
    public async Task QueuedAsync(ImportRow import, ImportOptions options, Stream file, ImportProgress progress, CancellationToken cancel)
    {
        var tally = new ImportTally();
        try
        {
            var rows = await ClaimReader.ReadAsync(file, Words.Parse<FileFormat>(import.Format)!.Value, cancel).ToListAsync(cancel);
            var written = await writer.WriteAsync(rows, options.ToWrite(), cancel);
            tally.Add(rows.Count, written);
            await progress.KeepAsync(ImportErrors.Rows(import.Id, rows, written.Errors), cancel);
            End(import, options, tally);
        }
        catch (ProblemException unreadable)
        {
            tally.Refuse(unreadable.Problem);
            await progress.KeepAsync(ImportErrors.Rows(import.Id, [], tally.Errors), cancel);
            End(import, options, tally, unreadable.Problem.Detail);
        }
    }

    void End(ImportRow import, ImportOptions options, ImportTally tally, string? reason = null)
    {
        var isRefused = reason is not null || tally.HasFailed && options.OnError == OnError.Abort;
        tally.To(import, isStored: !isRefused);
        import.State = Words.Of(isRefused ? ImportState.Refused : options.DryRun ? ImportState.Checked : ImportState.Done);
        import.Reason = reason;
        import.Percent = 100;
        import.FinishedAt = clock.GetUtcNow();
    }
}

/// <summary>How far a load is, for those who ask meanwhile. On a connection of its own: the load's own transaction is nobody's to see until it ends.</summary>
/// <param name="beside">Not the load's.</param>
/// <param name="import">The load's number.</param>
internal sealed class ImportProgress(FactsContext beside, long import)
{
    /// <summary>Stores errors, which outlive a load that is taken back.</summary>
    public Task KeepAsync(IReadOnlyCollection<ImportErrorRow> errors, CancellationToken cancel) => beside.CopyInAsync(errors, cancel);

    public Task ClearAsync(CancellationToken cancel) => ImportErrors.ClearAsync(beside, import, cancel);
}
