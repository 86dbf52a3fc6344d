using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>Collects the results of an import for its report.</summary>
internal abstract class CountingReporter(ImportRow import, ImportOptions options, TimeProvider clock) : ImportReporter
{
    protected ImportRow Import => import;

    /// <summary>Counts, first errors and first warnings of the attempt.</summary>
    protected ImportCounters Counters { get; private set; } = new();

    public override Task BeginAsync(CancellationToken cancel)
    {
        Counters = new();
        return Task.CompletedTask;
    }

    public override async Task AddBatchAsync(IReadOnlyList<ParsedRow> rows, WriteResult result, CancellationToken cancel)
    {
        if (import.Format == EnumWords.ToWord(FileFormat.Json))
            result = result with { Errors = [.. result.Errors.Select(InArray)], Warnings = [.. result.Warnings.Select(InArray)] };
        Counters.Add(rows.Count, result);
        await AddErrorsAsync(rows, result.Errors, cancel);
    }

    /// <summary>Stores the errors of a batch, or holds them until the report is stored.</summary>
    protected abstract Task AddErrorsAsync(IReadOnlyList<ParsedRow> rows, IReadOnlyList<ProblemError> errors, CancellationToken cancel);

    public override void AddMissing(IReadOnlyList<DroppedClaim> dropped, IReadOnlyCollection<string> undated)
    {
        Counters.AddDropped(dropped);
        if (options.Missing != MissingPolicy.Keep && Counters.HasFailed)
            Counters.Warn("rows were refused, so it is not known what the file no longer holds; missing was not carried out");
        if (Counters.NumbersCorrected > 0)
            Counters.Warn((Counters.NumbersCorrected is var count and > 1 ? $"the numbers of {count} stored pledges are" : "the number of 1 stored pledge is")
                + " corrected, so original changes too (changed=correct); changed=amend records them as changes of the world, "
                + "as of the file's article_published_on");
        foreach (var article in undated)
            Counters.Warn($"the file does not say when this edition of '{article}' was published (article_published_on), "
                + "so what it no longer holds is cancelled as of today");
    }

    public override void AddChange(ChangeRecord change) => Counters.SetEffect(change);

    public override void AddCreated(CreatedNames created) => Counters.SetCreated(created);

    /// <summary>Writes the report into the import's row, with its final state.</summary>
    /// <param name="reason">The reason why the file as a whole could not be read; null if it could.</param>
    public void Complete(string? reason = null)
    {
        var isRefused = reason is not null || Counters.HasFailed && options.OnError == OnError.Abort;
        Counters.WriteTo(import, isStored: !isRefused);
        import.State = EnumWords.ToWord(isRefused ? ImportState.Refused : options.DryRun ? ImportState.Checked : ImportState.Done);
        import.Reason = reason;
        import.Percent = 100;
        import.FinishedAt = clock.GetUtcNow();
    }

    /// <summary>The pointer from the root of the file: in a JSON array it begins with the index of the element, from 0.</summary>
    static ProblemError InArray(ProblemError error) => error.Row is { } row ? error with { Pointer = $"/{row - 1}{error.Pointer}" } : error;
}
