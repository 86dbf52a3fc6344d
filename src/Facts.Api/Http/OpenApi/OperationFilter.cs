using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
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
        var scope = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy;
        document.OperationId = operation.Id;
        document.Summary = operation.Summary;
        document.Description = operation.Description.Length == 0 ? operation.Summary : operation.Description;
        if (scope is { } needed) document.Description += $" Needs a key with the scope `{needed}`.";
        document.Tags = new HashSet<OpenApiTagReference> { new(operation.Tag, context.Document) };
        document.Parameters =
        [
            .. PathParameters(operation, context),
            .. operation.Query.Where(p => !p.IsComparison).Select(p => Schemas.For(p, ParameterLocation.Query, context)),
            .. Comparisons(operation, context),
            .. RequestHeaders(operation, context),
        ];
        document.RequestBody = RequestBody(operation, context);
        document.Responses = Responses(operation, context);
        // Reading may be done without a key, writing not.
        document.Security = [.. scope is not null ? [] : new[] { new OpenApiSecurityRequirement() }, Key("Bearer", context), Key("ApiKey", context)];
    }

    static OpenApiSecurityRequirement Key(string scheme, OperationFilterContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };

    static IEnumerable<OpenApiParameter> PathParameters(Operation operation, OperationFilterContext context) =>
        from name in Names(context)
        let spec = operation.Path.FirstOrDefault(p => p.Name == name) ?? new(name, WireType.Text, "The number or code in the path.")
        select Schemas.For(spec, ParameterLocation.Path, context);

    static IEnumerable<string> Names(OperationFilterContext context) =>
        (context.ApiDescription.RelativePath ?? "").Split('{').Skip(1).Select(s => s[..s.IndexOfAny(['}', ':'])]);

    /// <summary>All <c>field__op</c> of a list as one parameter, an object whose members are parameters of their own in the query string.</summary>
    static IEnumerable<OpenApiParameter> Comparisons(Operation operation, OperationFilterContext context)
    {
        var comparisons = operation.Query.Where(p => p.IsComparison).ToList();
        if (comparisons.Count == 0) yield break;
        var example = comparisons.First(p => p.Name.EndsWith("__gte", StringComparison.Ordinal));
        yield return new()
        {
            Name = "filters",
            In = ParameterLocation.Query,
            Description = $"Comparisons, each a parameter of its own, such as `{example.Name}=…`: `__gt`, `__gte`, `__lt`, `__lte` (greater, or equal, "
                + "less, or equal), `__not` (none of these, separated by commas; null matches too), `__contains`, `__startswith` "
                + "(whatever the case), `__isnull` (missing).",
            // Written as extensions: the library leaves out what is the default, and NSwag heeds only what is written.
            Extensions = new Dictionary<string, IOpenApiExtension>
            {
                ["style"] = new JsonNodeExtension("form"), ["explode"] = new JsonNodeExtension(true),
            },
            Schema = Schemas.Comparisons(((RowShape)operation.Answer!).Name + "Filters", comparisons, context),
            Example = new JsonObject { [example.Name] = Schemas.Least(example.Type) },
        };
    }

    static IEnumerable<OpenApiParameter> RequestHeaders(Operation operation, OperationFilterContext context)
    {
        foreach (var spec in operation.Headers) yield return Schemas.For(spec, ParameterLocation.Header, context);
        if (IsCacheable(operation, context))
            yield return Schemas.For(new("If-None-Match", WireType.Text, "ETags that you have. The answer is 304 if one of them is still current."),
                ParameterLocation.Header, context);
        if (context.ApiDescription.HttpMethod == "POST")
            yield return Schemas.For(IdempotencyKey, ParameterLocation.Header, context);
        if (operation.Errors.Contains(Problems.PreconditionRequired))
            yield return Schemas.For(new("If-Match", WireType.Text, "ETag of the version that you are changing, or `*` for any.") { Example = "*" },
                ParameterLocation.Header, context, isRequired: context.ApiDescription.HttpMethod != "PUT");
    }

    static readonly ParameterSpec IdempotencyKey = new("Idempotency-Key", WireType.Text,
        "A text of your choice, such as a UUID. Within a day, equal requests with one key are carried out once, however often they are sent. "
        + "A repeated request gets the first answer, with `Idempotency-Replayed`.")
    { Length = 255, Pattern = "^[!-~]+$" };

    static OpenApiRequestBody? RequestBody(Operation operation, OperationFilterContext context)
    {
        if (operation.Body is not { } type) return null;
        var content = new Dictionary<string, IOpenApiMediaType>();
        foreach (var media in operation.Consumes)
        {
            var isJson = media == "application/json";
            var schema = isJson ? Schemas.Body(type, operation, context)
                : media == "multipart/form-data" ? Schemas.Form("file")
                : Schemas.For(WireType.Text);
            var examples = isJson ? operation.Examples
                : operation.TextExamples.Where(e => e.Media == media).Select(e => (e.Name, Json: JsonSerializer.Serialize(e.Text)));
            content[media] = new OpenApiMediaType
            {
                Schema = isJson && operation.IsBodyList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema, MinItems = 1 } : schema,
                Examples = examples.ToDictionary(e => e.Name, e => (IOpenApiExample)new OpenApiExample { Value = JsonNode.Parse(e.Json) }),
            };
        }
        return new OpenApiRequestBody { Required = true, Content = content };
    }

    static OpenApiResponses Responses(Operation operation, OperationFilterContext context)
    {
        var responses = new OpenApiResponses { [operation.Status.ToString()] = Success(operation, context) };
        foreach (var (status, when) in operation.Also) responses[status.ToString()] = Also(status, when, operation, context);
        if (IsCacheable(operation, context))
            responses["304"] = new OpenApiResponse
            {
                Description = "Not changed since the ETag in If-None-Match.",
                Headers = Headers(("ETag", "Identifies this state of the resource."), CacheControl),
            };
        foreach (var kinds in Errors(operation, context).Distinct().GroupBy(k => k.Status).OrderBy(g => g.Key))
            responses[kinds.Key.ToString()] = Error(kinds.Key, kinds, operation, context);
        return responses;
    }

    static OpenApiResponse Success(Operation operation, OperationFilterContext context)
    {
        var response = Answered(operation.Summary, operation.Status, operation, context);
        if (IsCacheable(operation, context) || operation.Status == 201 || operation.Errors.Contains(Problems.PreconditionRequired))
            response.Headers!["ETag"] = Header("Identifies this state of the resource, for If-None-Match, and for If-Match if the resource can be changed.");
        if (operation.IsList) response.Headers!["Link"] = Header("`rel=\"next\"`: the next page, where there is one.");
        if (operation.Offers.Count > 1) response.Headers!["Content-Disposition"] = Header("Name of the file, with `download=true`.");
        if (operation.Picture is not null) response.Headers!["Content-Disposition"] = Header("Name of the file.");
        if (context.ApiDescription.HttpMethod != "GET") return response;
        response.Headers!["Vary"] = Header("Request headers on which the bytes of the answer depend.");
        response.Headers[CacheControl.Name] = Header(operation.IsNeverCached ? "`no-store`." : CacheControl.Description);
        return response;
    }

    static readonly (string Name, string Description) CacheControl =
        ("Cache-Control", "`no-cache`: caches may store the answer, and must ask with If-None-Match before they use it.");

    static bool IsCacheable(Operation operation, OperationFilterContext context) =>
        context.ApiDescription.HttpMethod == "GET" && !operation.IsNeverCached && !operation.IsStream;

    static OpenApiResponse Also(int status, string when, Operation operation, OperationFilterContext context) => status < 300
        ? Answered(when, status, operation, context)
        : new() { Description = when, Headers = Headers(("Location", "Path and query of the resource that it is part of now.")) };

    static OpenApiResponse Answered(string description, int status, Operation operation, OperationFilterContext context)
    {
        var response = new OpenApiResponse { Description = description, Headers = Headers(), Content = new Dictionary<string, IOpenApiMediaType>() };
        foreach (var (name, said) in RateLimit) response.Headers![name] = Header(said);
        if (status is 201 or 202) response.Headers!["Location"] = Header("Path of it.");
        if (context.ApiDescription.HttpMethod == "POST")
            response.Headers!["Idempotency-Replayed"] = Header("`true` where this is the answer to an earlier request with the same Idempotency-Key.");
        if (operation.IsStream) response.Content["text/event-stream"] = new OpenApiMediaType { Schema = Schemas.For(WireType.Text) };
        if (operation.Picture is { } picture) response.Content[picture] = File(picture.EndsWith("+xml", StringComparison.Ordinal));
        if (operation.Answer is null) return response;
        response.Content["application/json"] = new OpenApiMediaType { Schema = Answer(operation, context) };
        foreach (var format in operation.Offers.Skip(1))
            response.Content[format.MediaType] = File(format.IsText);
        return response;
    }

    static OpenApiMediaType File(bool isText) => new() { Schema = isText ? Schemas.For(WireType.Text) : Schemas.Binary() };

    static IOpenApiSchema Answer(Operation operation, OperationFilterContext context) => operation.Answer switch
    {
        RowShape shape => operation.IsList ? Schemas.List(shape, context) : Schemas.Row(shape, context),
        Type type => context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository),
        var other => throw new InvalidOperationException($"{operation.Id} answers {other}, which is neither a type nor a shape"),
    };

    static IEnumerable<ProblemKind> Errors(Operation operation, OperationFilterContext context)
    {
        var writes = context.ApiDescription.HttpMethod != "GET";
        return
        [
            .. operation.Errors,
            Problems.UnknownParameter, Problems.TooManyValues, Problems.KeyInUrl, Problems.TwoKeys, Problems.BadRequest, Problems.BadKey,
            Problems.NotAcceptable, Problems.UriTooLong, Problems.HeadersTooLarge, Problems.InternalError, Problems.Unavailable, Problems.IssuerUnavailable,
            Problems.QueryTimeout, Problems.NoConnection, Problems.TooManyRunning,
            .. If(operation.Query.Count > 0, Problems.InvalidParameters, Problems.RepeatedParameter, Problems.EmptyValue, Problems.WrongType,
                Problems.OutOfRange, Problems.UnknownWord),
            .. If(operation.IsList || operation.Query.Any(p => p.Name == "fields"), Problems.UnknownField),
            .. If(operation.IsList, Problems.CursorMismatch),
            .. If(operation.Offers.Count > 1, Problems.UnsupportedFormat, Problems.TooManyRows, Problems.StorageFull),
            .. If(operation.Query.Any(p => p.Name is "donor" or "recipient"), Problems.UnknownParty),
            .. If(operation.Query.Any(p => p.Name is "item"), Problems.UnknownItem),
            .. If(Names(context).Any(), Problems.NotFound),
            // Reading may need a key too, where the service says so.
            Problems.KeyRequired, Problems.ScopeMissing, Problems.TooManyRequests,
            .. If(operation.Body is not null,
                Problems.MalformedJson, Problems.InvalidBody, Problems.EmptyBody, Problems.TooDeep, Problems.UnknownMember, Problems.DuplicateMember,
                Problems.WrongType,
                Problems.WrongEncoding, Problems.BadGzip, Problems.RequestTimeout, Problems.BodyTooLarge, Problems.UnsupportedMediaType,
                Problems.ValidationFailed, Problems.Required,
                Problems.Blank, Problems.TooLong, Problems.InvalidText, Problems.InvalidNumber, Problems.InvalidWord, Problems.InvalidValue),
            .. If(operation.Errors.Contains(Problems.PreconditionRequired), Problems.PreconditionFailed),
            .. If(writes, Problems.StorageFull, Problems.Busy),
            .. If(context.ApiDescription.HttpMethod == "POST", Problems.IdempotencyInProgress, Problems.IdempotencyMismatch),
        ];
    }

    static IEnumerable<ProblemKind> If(bool holds, params ProblemKind[] kinds) => holds ? kinds : [];

    static OpenApiResponse Error(int status, IEnumerable<ProblemKind> kinds, Operation operation, OperationFilterContext context)
    {
        var problem = context.SchemaGenerator.GenerateSchema(typeof(ProblemWire), context.SchemaRepository);
        return new()
        {
            Description = string.Join("\n", kinds.Select(k => $"- `{k.Code}`: {k.Title}"))
                + (status == 422 && operation.Refusal is not null ? "\n- the code of the refused rows, where all of them have the same one" : ""),
            Headers = Headers([("Cache-Control", "`no-store`."), .. ErrorHeaders(status)]),
            Content = new Dictionary<string, IOpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = status == 422 && operation.Refusal is { } refusal
                        ? new OpenApiSchema { AnyOf = [problem, context.SchemaGenerator.GenerateSchema(refusal, context.SchemaRepository)] }
                        : problem,
                },
            },
        };
    }

    static readonly (string Name, string Description)[] RateLimit =
        [("RateLimit", "Number of requests that are left: `\"default\";r=59999`."),
            ("RateLimit-Policy", "Number of requests (`q`) that may be made in so many seconds (`w`): `\"default\";q=60000;w=60`.")];

    static IEnumerable<(string, string)> ErrorHeaders(int status) => status switch
    {
        401 => [("WWW-Authenticate", "Ways to send a key.")],
        412 or 428 => [("ETag", "ETag of the resource as it is now.")],
        415 => [("Accept-Post", "The media types that are read by POST."), ("Accept-Patch", "The media types that are read by PATCH."),
            ("Accept-Encoding", "The encodings that are read.")],
        429 => [("Retry-After", "Seconds to wait."), .. RateLimit],
        503 => [("Retry-After", "Seconds to wait.")],
        _ => [],
    };

    static Dictionary<string, IOpenApiHeader> Headers(params IEnumerable<(string Name, string Description)> headers) =>
        headers.ToDictionary(h => h.Name, h => (IOpenApiHeader)Header(h.Description));

    static OpenApiHeader Header(string description) => new() { Description = description, Schema = Schemas.For(WireType.Text) };
}
