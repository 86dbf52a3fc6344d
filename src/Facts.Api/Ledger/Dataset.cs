using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Ledger;

internal static class Dataset
{
    /// <summary>How often the store has changed.</summary>
    public static Task<long> VersionAsync(FactsContext database, CancellationToken cancel) => database.Set<DatasetRow>().Select(d => d.Version).SingleAsync(cancel);
}
