using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Facts.Api.Http;

/// <summary>Writes an <see cref="Operation"/> into the document: parameters, body, answers, errors, headers.</summary>
internal sealed class OperationFilter : IOperationFilter
{
    public void Apply(OpenApiOperation document, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Operation>().LastOrDefault() is not { } operation) return;
        var needsKey = metadata.OfType<WriteKeyRequired>().Any();
        document.OperationId = operation.Id;
        document.Summary = operation.Summary;
        document.Description = operation.Description.Length == 0 ? operation.Summary : operation.Description;
        document.Tags = new HashSet<OpenApiTagReference> { new(operation.Tag, context.Document) };
        document.Parameters = [.. PathParameters(operation, context), .. operation.Query.Where(p => !p.Hidden).Select(p => Schemas.Of(p, ParameterLocation.Query)), .. RequestHeaders(operation, context)];
        document.RequestBody = RequestBody(operation, context);
        document.Responses = Responses(operation, context, needsKey);
        // Reading may be done without a key, writing not.
        document.Security = needsKey ? [Bearer(context)] : [new OpenApiSecurityRequirement(), Bearer(context)];
    }

    static OpenApiSecurityRequirement Bearer(OperationFilterContext context) => new() { [new OpenApiSecuritySchemeReference("Bearer", context.Document)] = [] };

    static IEnumerable<OpenApiParameter> PathParameters(Operation operation, OperationFilterContext context) =>
        Names(context).Select(name => Schemas.Of(operation.Path.FirstOrDefault(p => p.Name == name) ?? new(name, WireType.Text, "Which one."), ParameterLocation.Path));

    static IEnumerable<string> Names(OperationFilterContext context) => (context.ApiDescription.RelativePath ?? "").Split('{').Skip(1).Select(s => s[..s.IndexOfAny(['}', ':'])]);

    static IEnumerable<OpenApiParameter> RequestHeaders(Operation operation, OperationFilterContext context)
    {
        foreach (var spec in operation.Headers) yield return Schemas.Of(spec, ParameterLocation.Header);
        if (context.ApiDescription.HttpMethod == "GET")
            yield return Schemas.Of(new("If-None-Match", WireType.Text, "ETags that you have: 304 where one of them is still right."), ParameterLocation.Header);
        if (operation.Errors.Contains(Problems.PreconditionRequired))
            yield return Schemas.Of(new("If-Match", WireType.Text, "ETag of the version that you are changing."), ParameterLocation.Header);
    }

    static OpenApiRequestBody? RequestBody(Operation operation, OperationFilterContext context)
    {
        if (operation.Body is not { } type) return null;
        var content = new Dictionary<string, IOpenApiMediaType>();
        foreach (var media in operation.Consumes)
        {
            var isJson = media.EndsWith("json", StringComparison.Ordinal) && !media.Contains("ndjson");
            content[media] = new OpenApiMediaType
            {
                Schema = isJson ? context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository) : Schemas.Of(WireType.Text),
                Examples = isJson && operation.Examples.Count > 0
                    ? operation.Examples.ToDictionary(e => e.Name, e => (IOpenApiExample)new OpenApiExample { Value = JsonNode.Parse(e.Json) })
                    : null,
            };
        }
        return new OpenApiRequestBody { Required = true, Content = content };
    }

    static OpenApiResponses Responses(Operation operation, OperationFilterContext context, bool needsKey)
    {
        var responses = new OpenApiResponses { [operation.Status.ToString()] = Success(operation, context) };
        foreach (var (status, when) in operation.Also) responses[status.ToString()] = new OpenApiResponse { Description = when };
        if (context.ApiDescription.HttpMethod == "GET") responses["304"] = new OpenApiResponse { Description = "Not changed since the ETag in If-None-Match." };
        foreach (var kinds in Errors(operation, context, needsKey).Distinct().GroupBy(k => k.Status).OrderBy(g => g.Key))
            responses[kinds.Key.ToString()] = Error(kinds.Key, kinds, context);
        return responses;
    }

    static OpenApiResponse Success(Operation operation, OperationFilterContext context)
    {
        var response = new OpenApiResponse { Description = operation.Summary, Headers = new Dictionary<string, IOpenApiHeader>(), Content = new Dictionary<string, IOpenApiMediaType>() };
        response.Headers["ETag"] = Header("Names this state of it; for If-None-Match, and for If-Match where it can be changed.");
        if (operation.Status is 201 or 202) response.Headers["Location"] = Header("Path of it.");
        if (operation.IsList) response.Headers["Link"] = Header("`rel=\"next\"`: the next page, where there is one.");
        if (operation.Answer is null) return response;
        response.Content["application/json"] = new OpenApiMediaType { Schema = Answer(operation, context) };
        if (!operation.IsList) return response;
        foreach (var format in Format.OfList.Skip(1)) response.Content[format.MediaType] = new OpenApiMediaType { Schema = Schemas.Of(WireType.Text) };
        return response;
    }

    static IOpenApiSchema Answer(Operation operation, OperationFilterContext context) => operation.Answer switch
    {
        RowShape shape => operation.IsList ? Schemas.List(shape, context) : Schemas.Row(shape, context),
        Type type => context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository),
        var other => throw new InvalidOperationException($"{operation.Id} answers {other}, which is neither a type nor a shape"),
    };

    static IEnumerable<ProblemKind> Errors(Operation operation, OperationFilterContext context, bool needsKey)
    {
        List<ProblemKind> kinds = [.. operation.Errors, Problems.UnknownParameter, Problems.KeyInUrl, Problems.TwoKeys, Problems.BadKey, Problems.NotAcceptable, Problems.Unavailable, Problems.QueryTimeout, Problems.InternalError];
        if (operation.Query.Count > 0) kinds.AddRange([Problems.InvalidParameters, Problems.RepeatedParameter, Problems.EmptyValue, Problems.WrongType, Problems.OutOfRange, Problems.UnknownWord]);
        if (operation.IsList) kinds.AddRange([Problems.UnknownField, Problems.CursorMismatch, Problems.UnsupportedFormat]);
        if (Names(context).Any()) kinds.Add(Problems.NotFound);
        if (needsKey) kinds.Add(Problems.KeyRequired);
        if (operation.Body is not null)
            kinds.AddRange([Problems.MalformedJson, Problems.UnknownMember, Problems.WrongType, Problems.BodyTooLarge, Problems.UnsupportedMediaType, Problems.ValidationFailed, Problems.Required]);
        if (kinds.Contains(Problems.PreconditionRequired)) kinds.Add(Problems.PreconditionFailed);
        return kinds;
    }

    static OpenApiResponse Error(int status, IEnumerable<ProblemKind> kinds, OperationFilterContext context)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join("\n", kinds.Select(k => $"- `{k.Code}`: {k.Title}")),
            Headers = new Dictionary<string, IOpenApiHeader>(),
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = context.SchemaGenerator.GenerateSchema(typeof(ProblemWire), context.SchemaRepository) },
            },
        };
        if (status == 503) response.Headers["Retry-After"] = Header("Seconds to wait.");
        if (status == 401) response.Headers["WWW-Authenticate"] = Header("How to send a key.");
        return response;
    }

    static OpenApiHeader Header(string description) => new() { Description = description, Schema = Schemas.Of(WireType.Text) };
}
