using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Facts.Api.Http;

/// <summary>
/// Writes once what several operations say in the same words: equal parameters, headers and answers go into the components, and the operations refer to them.
/// A reference does not repeat the description of the schema that it refers to.
/// </summary>
internal sealed class SharedParts : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var operations = document.Paths.SelectMany(p => p.Value.Operations ?? []).Select(o => o.Value).ToList();
        var parts = document.Components!;
        var references = new References(parts.Schemas!);
        new OpenApiWalker(references).Walk(document);
        foreach (var unused in parts.Schemas!.Keys.Except(references.Names).ToList()) parts.Schemas.Remove(unused);
        parts.Parameters = Share(
            from operation in operations
            from i in Enumerable.Range(0, operation.Parameters!.Count)
            let parameter = operation.Parameters![i]
            select new Place<IOpenApiParameter>(parameter.Name!, parameter, shared => operation.Parameters![i] = shared),
            name => new OpenApiParameterReference(name, document));
        parts.Headers = Share(
            from operation in operations
            from response in operation.Responses!.Values
            from header in response.Headers ?? new Dictionary<string, IOpenApiHeader>()
            select new Place<IOpenApiHeader>(header.Key, header.Value, shared => response.Headers![header.Key] = shared),
            name => new OpenApiHeaderReference(name, document));
        // Answers come after headers: then those with equal headers are equal.
        parts.Responses = Share(
            from operation in operations
            from response in operation.Responses!
            select new Place<IOpenApiResponse>(response.Key, response.Value, shared => operation.Responses![response.Key] = shared),
            name => new OpenApiResponseReference(name, document));
    }

    /// <summary>Takes the description from each reference to a schema that has the same one.</summary>
    sealed class References(IDictionary<string, IOpenApiSchema> schemas) : OpenApiVisitorBase
    {
        /// <summary>Names of the schemas that something refers to. A body of which every operation asks for less is none of them.</summary>
        public HashSet<string> Names { get; } = [];

        public override void Visit(IOpenApiReferenceHolder referenceHolder)
        {
            if (referenceHolder is not OpenApiSchemaReference { Reference: { Id: { } name } reference }) return;
            Names.Add(name);
            if (reference.Description is { } text && schemas.TryGetValue(name, out var schema) && schema.Description == text) reference.Description = null;
        }
    }

    /// <summary>A part of an operation, with the name that it has if it is shared.</summary>
    sealed record Place<T>(string Name, T Part, Action<T> Replace);

    static SortedDictionary<string, T> Share<T>(IEnumerable<Place<T>> places, Func<string, T> reference) where T : IOpenApiSerializable
    {
        var shared = new SortedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var equal in places.ToList().GroupBy(p => Text(p.Part)).Where(g => g.Count() > 1))
        {
            var first = equal.First();
            var name = first.Name;
            for (var number = 2; !shared.TryAdd(name, first.Part); number++) name = $"{first.Name}-{number}";
            foreach (var place in equal) place.Replace(reference(name));
        }
        return shared;
    }

    static string Text(IOpenApiSerializable part)
    {
        using var text = new StringWriter();
        part.SerializeAsV31(new OpenApiJsonWriter(text));
        return text.ToString();
    }
}
