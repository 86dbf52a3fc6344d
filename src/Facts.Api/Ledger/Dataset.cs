using Facts.Api.Database;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Ledger;

internal static class Dataset
{
    /// <summary>How often the store has changed.</summary>
    public static Task<long> VersionAsync(FactsContext database, CancellationToken cancel) => database.Set<DatasetRow>().Select(d => d.Version).SingleAsync(cancel);

    /// <summary>Whether what is kept holds for the day, in all neighbourhoods of the recipients (null: of all).</summary>
    public static async Task<bool> IsKeptAsync(FactsContext database, DateOnly day, string[]? recipients, CancellationToken cancel)
    {
        var asked = database.Set<NeighbourhoodRow>().AsQueryable();
        if (recipients is not null) asked = asked.Where(n => recipients.Contains(n.Recipient!));
        return !await asked.AnyAsync(n => n.KeptUntil <= day || n.KeptFrom > day, cancel);
    }
}
