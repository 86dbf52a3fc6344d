using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Imports;

/// <summary>Carries out a load and writes down what came of it, in the transaction that has its claims.</summary>
internal sealed class ImportRun(FactsContext database, ClaimWriter writer, AuditContext author, TimeProvider clock)
{
    /// <summary>Rows that are checked and stored at a time: some megabytes of them.</summary>
    const int BatchSize = 1_000;

    /// <summary>A load of a few rows, at once.</summary>
    /// <returns>Its row, with its number.</returns>
    public async Task<ImportRow> RunInlineAsync(ImportRow import, ImportOptions options, IReadOnlyList<ParsedRow> rows, CancellationToken cancel)
    {
        var tally = new ImportCounters();
        IReadOnlyList<ProblemError> errors = [];
        var isStored = await writer.LoadAsync(options.ToWrite(), options.Missing == MissingPolicy.Keep ? ImportExtent.Claims : ImportExtent.Edition, async load =>
        {
            tally = new ImportCounters();
            var written = Placed(import, await load.AddAsync(load.Check(rows), cancel));
            errors = written.Errors;
            tally.Add(rows.Count, written);
            await DropAsync(load, options, tally, cancel);
        }, change => tally.Move(change), KeepAsync, cancel);
        if (!isStored)
        {
            await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
            await KeepAsync();
            database.Add(AuditRow.Create(author, import.Place, clock.GetUtcNow()));
            await database.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        return import;

        async Task KeepAsync()
        {
            import.Id = 0;
            End(import, options, tally);
            database.Add(import);
            await database.SaveChangesAsync(cancel);
            await database.CopyInAsync(ImportErrors.Rows(import.Id, rows, errors), cancel);
        }
    }

    /// <summary>A queued load, from its file.</summary>
    /// <param name="import">Its row.</param>
    /// <param name="options">How.</param>
    /// <param name="file">Its file.</param>
    /// <param name="progress">Is told how far it is, and keeps the errors, whatever becomes of the load.</param>
    /// <param name="cancel">Ends it with nothing written.</param>
    /// <returns>Whether its end is stored, with its claims; else the row is to be stored as it is now.</returns>
    public async Task<bool> RunQueuedAsync(ImportRow import, ImportOptions options, Stream file, ImportProgress progress, CancellationToken cancel)
    {
        // One load may take long, and none of its statements is anybody's to wait for.
        database.Database.SetCommandTimeout(TimeSpan.Zero);
        var tally = new ImportCounters();
        try
        {
            var isStored = await writer.LoadAsync(options.ToWrite(), ImportExtent.Long, async load =>
            {
                tally = new ImportCounters();
                file.Position = 0;
                await progress.ClearAsync(cancel);
                var chunks = ClaimReader.ReadAsync(file, EnumWords.Parse<FileFormat>(import.Format)!.Value, cancel).Chunk(BatchSize).Select(rows => (Rows: rows, Load: load.Check(rows)));
                await foreach (var (rows, chunk) in chunks.PrefetchAsync(cancel))
                {
                    var written = Placed(import, await load.AddAsync(chunk, cancel));
                    tally.Add(rows.Length, written);
                    await progress.KeepAsync(ImportErrors.Rows(import.Id, rows, written.Errors), cancel);
                    await progress.TellAsync(tally, file, cancel);
                }
                await DropAsync(load, options, tally, cancel);
            }, change => tally.Move(change), async () =>
            {
                // Whoever wanted to stop it was there first, or comes too late.
                if (await database.Set<ImportRow>().FromSql($"select * from imports where id = {import.Id} for update").AsNoTracking().AnyAsync(i => i.IsCancelled, cancel))
                    throw new OperationCanceledException();
                End(import, options, tally);
                import.File = null;
                database.Update(import);
                await database.SaveChangesAsync(cancel);
            }, cancel);
            if (!isStored) End(import, options, tally);
            return isStored;
        }
        catch (ProblemException unreadable)
        {
            tally.Refuse(unreadable.Problem);
            await progress.KeepAsync(ImportErrors.Rows(import.Id, [], unreadable.Problem.Errors), cancel);
            End(import, options, tally, unreadable.Problem.Detail);
            return false;
        }
    }

    /// <summary>What is wrong, as pointers into the file: in a JSON array they begin with the element's index, from 0.</summary>
    static WriteResult Placed(ImportRow import, WriteResult written)
    {
        return import.Format != EnumWords.ToWord(FileFormat.Json) ? written
            : written with { Errors = [.. written.Errors.Select(InArray)], Warnings = [.. written.Warnings.Select(InArray)] };

        static ProblemError InArray(ProblemError error) => error.Row is { } row ? error with { Pointer = $"/{row - 1}{error.Pointer}" } : error;
    }

    static async Task DropAsync(ClaimImport load, ImportOptions options, ImportCounters tally, CancellationToken cancel)
    {
        tally.Drop(await load.DropAsync(cancel));
        if (options.Missing != MissingPolicy.Keep && tally.HasFailed)
            tally.Warn("rows were refused, so it is not known what the file no longer holds; missing was not carried out");
        foreach (var article in load.Undated)
            tally.Warn($"the file does not say when this edition of '{article}' was published (article_published_on), so what it no longer holds is cancelled as of today");
    }

    void End(ImportRow import, ImportOptions options, ImportCounters tally, string? reason = null)
    {
        var isRefused = reason is not null || tally.HasFailed && options.OnError == OnError.Abort;
        tally.To(import, isStored: !isRefused);
        import.State = EnumWords.ToWord(isRefused ? ImportState.Refused : options.DryRun ? ImportState.Checked : ImportState.Done);
        import.Reason = reason;
        import.Percent = 100;
        import.FinishedAt = clock.GetUtcNow();
    }
}
