using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>The version of the store, which callers see as <c>dataset_version</c>: the number of changes so far.</summary>
internal static class StoreVersion
{
    public const string Statement = "select version from dataset";

    public static Task<long> ReadAsync(FactsContext database, CancellationToken cancel) =>
        database.Set<DatasetRow>().Select(d => d.Version).SingleAsync(cancel);
}
