using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Facts.Api.Http;

/// <summary>
/// Gives each set of words in the document one schema with a name, to which members and parameters refer. Otherwise a generated client would have an enum for
/// each place, with a number for a name.
/// </summary>
internal sealed class NamedEnums : IDocumentFilter
{
    /// <summary>Names of the enums of the code, by their words.</summary>
    static readonly Dictionary<string, string> OfCode = new[] { typeof(Claim).Assembly, typeof(NamedEnums).Assembly }
        .SelectMany(a => a.GetTypes()).Where(t => t.IsEnum)
        .GroupBy(t => Key(EnumWords.All(t)), t => t.Name).ToDictionary(g => g.Key, g => g.First());

    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var places = document.Components!.Schemas!.SelectMany(s => Members(s.Key, s.Value))
            .Concat(document.Paths.SelectMany(p => p.Value.Operations ?? []).SelectMany(o => Parameters(o.Value))).ToList();
        var taken = document.Components.Schemas!.Keys.ToHashSet();
        var names = new[] { Places.ByName, Places.ByRoom, Places.ByOwner }.SelectMany(by => places.GroupBy(by))
            .Where(g => g.Select(p => p.Words).Distinct().Count() == 1 && !taken.Contains(g.Key))
            .SelectMany(g => g.Select(p => (Place: p, Name: g.Key)))
            .GroupBy(n => n.Place).ToDictionary(g => g.Key, g => g.First().Name);
        foreach (var place in places) place.Replace(Reference(OfCode.GetValueOrDefault(place.Words) ?? names[place], place.Schema, document));
    }

    /// <summary>One inline enum, with the names of its member or parameter, of the room or record, and of the operation or record.</summary>
    sealed record Place(string Name, string Room, string Owner, OpenApiSchema Schema, Action<IOpenApiSchema> Replace)
    {
        public string Words { get; } = Key(WordsOf(Schema));
    }

    /// <summary>The names that an enum can have, from the shortest to the longest. It gets the first that stands for these words only.</summary>
    static class Places
    {
        public static string ByName(Place place) => place.Name;
        public static string ByRoom(Place place) => place.Room + place.Name;
        public static string ByOwner(Place place) => place.Owner + place.Name;
    }

    static IEnumerable<Place> Members(string owner, IOpenApiSchema schema) =>
        from member in (schema as OpenApiSchema)?.Properties?.ToList() ?? []
        from place in Inline(Pascal(member.Key), owner, owner, member.Value, named => schema.Properties![member.Key] = named)
        select place;

    static IEnumerable<Place> Parameters(OpenApiOperation operation) =>
        from parameter in operation.Parameters!.OfType<OpenApiParameter>()
        let noun = operation.OperationId!.TrimStart([.. "abcdefghijklmnopqrstuvwxyz"])
        let room = Pascal(operation.Tags!.First().Name!)
        from place in Inline(Pascal(parameter.Name!), room, noun, parameter.Schema, named => parameter.Schema = named)
        select place;

    static IEnumerable<Place> Inline(string name, string room, string owner, IOpenApiSchema? schema, Action<IOpenApiSchema> replace) => schema switch
    {
        OpenApiSchema { Enum.Count: > 0 } words => [new(name, room, owner, words, replace)],
        OpenApiSchema { Items: OpenApiSchema { Enum.Count: > 0 } words } list => [new(name, room, owner, words, named => list.Items = named)],
        _ => [],
    };

    static IOpenApiSchema Reference(string name, OpenApiSchema inline, OpenApiDocument document)
    {
        document.Components!.Schemas!.TryAdd(name, new OpenApiSchema
        {
            Type = JsonSchemaType.String, Enum = [.. WordsOf(inline).Select(w => (JsonNode)JsonValue.Create(w)!)],
        });
        var reference = new OpenApiSchemaReference(name, document);
        if (inline.Type!.Value.HasFlag(JsonSchemaType.Null))
            return new OpenApiSchema { OneOf = [reference, Schemas.Null()], Description = inline.Description };
        (reference.Description, reference.Default) = (inline.Description, inline.Default);
        return reference;
    }

    static IEnumerable<string> WordsOf(OpenApiSchema schema) =>
        schema.Enum!.Where(w => w?.GetValueKind() == JsonValueKind.String).Select(w => w.GetValue<string>());

    static string Key(IEnumerable<string> words) => string.Join(' ', words);

    static string Pascal(string name) =>
        string.Concat(name.Split(['_', '-'], StringSplitOptions.RemoveEmptyEntries).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
