using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>The store. Every room maps its own tables (<c>XTable</c>); this class only collects the mappings.</summary>
internal abstract class FactsContext(DbContextOptions options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(FactsContext).Assembly);

    /// <summary>The CHECK condition that limits a column to the wire words of an enum, spelled as <c>EnumWords</c> of the room Http spells them.</summary>
    public static string OneOf<T>(string column) where T : struct, Enum =>
        $"{column} in ({string.Join(", ", Enum.GetNames<T>().Select(name => $"'{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}'"))})";
}
