using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Database;

/// <summary>The store. Every room maps its own tables (<c>XTable</c>); this only gathers them.</summary>
internal sealed class FactsContext(DbContextOptions<FactsContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model) => model.ApplyConfigurationsFromAssembly(typeof(FactsContext).Assembly);

    /// <summary>The CHECK that restricts a column to the words of an enum, which are written as <c>EnumWords</c> of the room Http writes them.</summary>
    public static string OneOf<T>(string column) where T : struct, Enum =>
        $"{column} in ({string.Join(", ", Enum.GetNames<T>().Select(name => $"'{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}'"))})";
}
