using Facts.Api.Changes;
using Facts.Api.Claims;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>
/// Counts of an import so far, and its first 100 errors, warnings and dropped claims. Takes no more memory for ten million rows than for a thousand.
/// </summary>
internal sealed class ImportCounters
{
    readonly List<ProblemError> _errors = [];
    readonly List<ProblemError> _warnings = [];
    readonly List<DroppedClaim> _dropped = [];
    ImportEffect _effect = new(0, []);
    CreatedNames _names = CreatedNames.None;
    int _numbersCorrected, _read, _created, _updated, _unchanged, _failed, _errorCount, _warningCount;

    public int Read => _read;

    public int Failed => _failed;

    /// <summary>Stored pledges whose number the rows corrected.</summary>
    public int NumbersCorrected => _numbersCorrected;

    /// <summary>True if a row, or the file as a whole, was refused.</summary>
    public bool HasFailed => _failed > 0;

    public IReadOnlyList<ProblemError> Errors => _errors;

    public void Add(int rows, WriteResult written)
    {
        _read += rows;
        _created += written.Created;
        _updated += written.Updated;
        _unchanged += written.Unchanged;
        _failed += written.Failed;
        _numbersCorrected += written.NumbersCorrected;
        _errorCount += written.Errors.Count;
        _warningCount += written.Warnings.Count;
        _errors.AddRange(written.Errors.Take(ImportDetails.MaxErrors - _errors.Count));
        _warnings.AddRange(written.Warnings.Take(ImportDetails.MaxErrors - _warnings.Count));
    }

    /// <summary>Adds the error of a file that cannot be read to its end.</summary>
    public void Refuse(Problem problem)
    {
        _failed = Math.Max(_failed, 1);
        IReadOnlyList<ProblemError> errors = problem.Errors.Count > 0 ? problem.Errors : [new() { Code = problem.Kind.Code, Message = problem.Detail }];
        _errorCount += errors.Count;
        _errors.AddRange(errors);
    }

    public void AddDropped(IEnumerable<DroppedClaim> dropped) => _dropped.AddRange(dropped);

    public void SetEffect(ChangeRecord change) => _effect = new(change.BalancesMoved, [.. change.Balances.Take(ImportDetails.MaxErrors)]);

    public void SetCreated(CreatedNames created) => _names = created;

    /// <summary>Adds a warning about the file as a whole. It comes before the warnings about rows.</summary>
    public void Warn(string message)
    {
        _warningCount++;
        _warnings.Insert(0, new() { Code = Problems.Conflict.Code, Message = message });
        if (_warnings.Count > ImportDetails.MaxErrors) _warnings.RemoveAt(ImportDetails.MaxErrors);
    }

    /// <summary>Writes the counts into the import's row. If nothing was stored, only rows read and rows failed are counted.</summary>
    public void WriteTo(ImportRow import, bool isStored = true)
    {
        import.RowsRead = _read;
        import.RowsCreated = isStored ? _created : 0;
        import.RowsUpdated = isStored ? _updated : 0;
        import.RowsUnchanged = isStored ? _unchanged : 0;
        import.RowsFailed = _failed;
        import.RowsDropped = isStored ? _dropped.Count : 0;
        import.Details = new ImportDetails
        {
            Errors = _errors,
            ErrorCount = _errorCount,
            Warnings = _warnings,
            WarningCount = _warningCount,
            Dropped = [.. (isStored ? _dropped : []).Take(ImportDetails.MaxErrors)],
            Created = isStored ? _names : CreatedNames.None,
            Effect = isStored ? _effect : new(0, []),
        }.ToJson();
    }
}
