using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Facts.Api.Database;

/// <summary>The store. Every room maps its own tables (<c>XTable</c>); this class only collects the mappings.</summary>
internal abstract class FactsContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Runs a statement that waits for a lock, within the bound of the service on writers that wait at one place.</summary>
    /// <param name="place">The place that writers meet in, for example a partition.</param>
    /// <param name="takeLocks">Waits for the locks.</param>
    /// <param name="cancel">Ends the wait.</param>
    public Task WaitAsync(string place, Func<Task> takeLocks, CancellationToken cancel) =>
        Service<UseLimits>() is { } limits ? limits.WaitAsync(place, takeLocks, cancel) : takeLocks();

    /// <summary>Refuses a write for which the disk has no room: see <see cref="DiskReserve"/>.</summary>
    public void RequireRoom() => Service<DiskReserve>()?.Require();

    T? Service<T>() where T : class =>
        this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()?.ApplicationServiceProvider?.GetService<T>();

    protected override void OnModelCreating(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(FactsContext).Assembly);

    /// <summary>The CHECK condition that limits a column to the wire words of an enum, spelled as <c>EnumWords</c> of the room Http spells them.</summary>
    public static string OneOf<T>(string column) where T : struct, Enum =>
        $"{column} in ({string.Join(", ", Enum.GetNames<T>().Select(name => $"'{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}'"))})";
}
