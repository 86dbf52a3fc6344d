using System.Text.Json;
using Facts.Api.Catalogue;
using Facts.Api.Claims;
using Facts.Api.Database;
using Facts.Api.Http;
using Facts.Api.Imports;
using Facts.Api.Perimeters;
using Microsoft.EntityFrameworkCore;

namespace Facts.Api.Hosting;

/// <summary>The sample data: a catalogue, a perimeter, and claims that are loaded like the file of a user.</summary>
internal static class Sample
{
    /// <summary>Loads the sample into a store without claims and items. Leaves any other store unchanged.</summary>
    public static async Task LoadAsync(IServiceProvider services, CancellationToken cancel)
    {
        var database = services.GetRequiredService<FactsContext>();
        // Services that start at once wait here for each other, and the later ones find the sample whole.
        await using var transaction = await WriteTransaction.BeginAsync(database, cancel);
        await CatalogueLocks.EditAsync(database, cancel);
        if (await database.Set<ClaimRow>().AnyAsync(cancel) || await database.Set<ItemRow>().AnyAsync(cancel)) return;
        var items = Lines("Catalogue.items").Select(line => Read<ItemRequest>(line).ToItem()).ToList();
        database.AddRange(items);
        database.AddRange(items.SelectMany(i => Names(i.Code, i.Name, i.Aliases), (i, name) => new ItemNameRow { Code = i.Code, Name = name }));
        database.AddRange(Lines("Perimeters.perimeters").Select(Read<PerimeterRequest>).Select(p => p.ToPerimeter(p.Filter!)));
        await database.SaveChangesAsync(cancel);

        using var stream = Open("Imports.sample");
        var rows = await ClaimReader.ReadAsync(stream, FileFormat.Ndjson, CsvFormat.Default, cancel).ToListAsync(cancel);
        // An editor may have deleted a party that the store began with.
        var options = new WriteOptions(CreateMissing: CreateMissing.True) { IsFile = true };
        var written = await services.GetRequiredService<ClaimWriter>().WriteAsync(rows, options, cancel);
        if (written.Failed > 0)
            throw new InvalidOperationException($"The sample is refused: {string.Join("; ", written.Errors.Select(e => $"{e.Row}: {e.Message}"))}");
        await transaction.CommitAsync(cancel);
        Console.Out.WriteLine($"loaded the sample data: {written.Created} claims");
    }

    static IEnumerable<string> Names(string code, string name, IEnumerable<string> aliases) =>
        aliases.Prepend(name).Prepend(code).Select(CatalogueIndex.Key).Distinct();

    static T Read<T>(string line) where T : class => JsonSerializer.Deserialize<T>(line, Json.Options)!;

    static IEnumerable<string> Lines(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static Stream Open(string name) => typeof(Sample).Assembly.GetManifestResourceStream($"Facts.Api.{name}.ndjson")!;
}
