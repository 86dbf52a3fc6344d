using System.Reflection;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace Facts.Api.Http;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c> (3.1) and <c>/openapi/v1-3.0.json</c>, and Swagger UI at <c>/swagger</c>.</summary>
internal static class OpenApi
{
    public static IServiceCollection AddFactsOpenApi(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        // Before Swashbuckle's own, which would read the options of MVC.
        services.AddTransient<ISerializerDataContractResolver>(_ => new JsonSerializerDataContractResolver(Json.Options));
        services.AddSingleton<OpenApiTexts>();
        return services.AddSwaggerGen(o =>
        {
            o.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "Facts",
                Version = "v1",
                Description = "Who promised what to whom, how much of it has arrived, what is still outstanding, what is overdue, "
                    + "and which sentence in which source says so. "
                    + "The documentation is at [/docs](/docs), with an entry for [each error code](/docs/errors).",
                Contact = new() { Name = "Whoever runs this service" },
            });
            o.AddServer(new() { Url = "/" });
            // Endpoints without an operation (the page, the probes) are not part of the interface.
            o.DocInclusionPredicate((_, api) => api.ActionDescriptor.EndpointMetadata.OfType<Operation>().Any());
            o.SupportNonNullableReferenceTypes();
            o.CustomSchemaIds(SchemaId);
            o.IncludeXmlComments(Assembly.GetExecutingAssembly());
            o.AddSecurityDefinition("Bearer", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key that begins with `fct_`, or a token (JWT) of the OpenID provider if the service is configured with one. "
                    + "Reading needs neither unless the service is configured so.",
            });
            o.AddSecurityDefinition("ApiKey", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-Api-Key",
                Description = "The API key, for clients that cannot send the Authorization header.",
            });
            o.OperationFilter<OperationFilter>();
            o.DocumentFilter<Tags>();
            o.DocumentFilter<NamedEnums>();
            o.DocumentFilter<SharedParts>();
            o.SchemaFilter<WireSchemas>();
        });
    }

    public static WebApplication UseFactsOpenApi(this WebApplication app)
    {
        // The longer path comes first. Otherwise the shorter route would match it as the name of a document.
        app.Map("/openapi/v1-3.0.json", older => older.Run(http => SendAsync(http, OpenApiSpecVersion.OpenApi3_0)));
        app.Map("/openapi/v1.json", newer => newer.Run(http => SendAsync(http, OpenApiSpecVersion.OpenApi3_1)));
        app.UseSwaggerUI(o =>
        {
            o.RoutePrefix = "swagger";
            o.DocumentTitle = "Facts";
            // The page reads the whole of a 3.1 document before it shows anything, and of an older one only what is opened.
            o.SwaggerEndpoint("/openapi/v1-3.0.json", "Facts v1");
            o.SwaggerEndpoint("/openapi/v1.json", "Facts v1 (OpenAPI 3.1)");
            o.EnablePersistAuthorization();
            o.EnableTryItOutByDefault();
            o.DocExpansion(DocExpansion.None);
            o.DefaultModelsExpandDepth(-1);
            o.HeadContent = $"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>{Style()}</style>";
            o.DisplayOperationId();
            o.DisplayRequestDuration();
        });
        return app;
    }

    static string Style()
    {
        using var text = new StreamReader(typeof(OpenApi).Assembly.GetManifestResourceStream("Facts.Api.Http.OpenApi.swagger.css")!);
        return text.ReadToEnd();
    }

    static async Task SendAsync(HttpContext http, OpenApiSpecVersion version)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Headers.Allow = "GET";
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }
        var bytes = await http.RequestServices.GetRequiredService<OpenApiTexts>().ReadAsync(version);
        if (Conditional.IsFresh(http, Conditional.BytesTag(bytes)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary><c>ClaimRequest</c>, <c>ListOfClaim</c>: unlike Swashbuckle's own, without commas and backticks.</summary>
    static string SchemaId(Type type) => type.IsGenericType
        ? type.Name[..type.Name.IndexOf('`')] + "Of" + string.Concat(type.GetGenericArguments().Select(SchemaId))
        : type == typeof(ProblemWire) ? "Problem" : type.Name;

    /// <summary>Descriptions of the groups of operations.</summary>
    sealed class Tags : IDocumentFilter
    {
        static readonly Dictionary<string, string> Described = new()
        {
            ["articles"] = "Source documents.",
            ["claims"] = "Statements of articles. A claim is one assertion, as reported.",
            ["requests"] = "Facts: stated needs.",
            ["commitments"] = "Facts: undertakings of donors to give items to recipients.",
            ["deliveries"] = "Facts: items that were handed over.",
            ["balances"] = "Sums over facts: requested, committed, delivered, outstanding, overdue. Every number explains itself.",
            ["parties"] = "Parties that ask, give or receive.",
            ["items"] = "Things that are given, in a tree.",
            ["imports"] = "Imports of many claims from one file, with their reports.",
            ["review"] = "Pairs of facts that may be one fact reported twice, and the decisions of editors.",
            ["changes"] = "The changes of the store, in order.",
            ["verification"] = "A check of the stored projections against the facts computed from all claims.",
            ["keys"] = "Keys of callers and their scopes.",
            ["audit"] = "The log of writes, with caller and time.",
        };

        public void Apply(OpenApiDocument document, DocumentFilterContext context)
        {
            foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>()) tag.Description = Described.GetValueOrDefault(tag.Name ?? "");
        }
    }
}
