using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;

namespace Facts.Api.Imports;

/// <summary>The report of an import that runs in its request: its row and errors are stored with its claims.</summary>
internal sealed class InlineReporter(FactsContext database, ImportRow import, ImportOptions options, TimeProvider clock)
    : CountingReporter(import, options, clock)
{
    List<ImportErrorRow> _errors = [];

    protected override Task AddErrorsAsync(IReadOnlyList<ParsedRow> rows, IReadOnlyList<ProblemError> errors, CancellationToken cancel)
    {
        // The import's id is not known yet.
        _errors = ImportErrors.Rows(0, rows, errors);
        return Task.CompletedTask;
    }

    public override async Task StoreAsync(CancellationToken cancel)
    {
        // An attempt that failed after this has taken its id back.
        Import.Id = 0;
        Complete();
        database.Add(Import);
        await database.SaveChangesAsync(cancel);
        foreach (var error in _errors) error.ImportId = Import.Id;
        await database.CopyInAsync(_errors, cancel);
    }
}
