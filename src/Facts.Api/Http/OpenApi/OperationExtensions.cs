namespace Facts.Api.Http;

/// <summary>The steps of an endpoint that the OpenAPI document speaks of: one method of the route table for each.</summary>
internal static class OperationExtensions
{
    extension(RouteHandlerBuilder endpoint)
    {
        /// <summary>Puts the endpoint into the OpenAPI document. It changes nothing of what the endpoint does.</summary>
        public RouteHandlerBuilder WithOperation(Operation operation) =>
            endpoint.WithName(operation.Id).WithTags(operation.Tag).WithMetadata(operation);

        /// <summary>
        /// Puts a list into the OpenAPI document, with the parameters and columns of its schema. A list needs no other step:
        /// <see cref="ListAnswer"/> reads its parameters, so that all errors come in one answer, and begins its snapshot.
        /// </summary>
        public RouteHandlerBuilder WithOperation<TRow>(ListSchema<TRow> schema, Operation operation) where TRow : class =>
            endpoint.WithOperation(
                operation with { Query = [.. schema.Parameters(), .. operation.Query], Answer = schema.Shape(), IsList = true, Offers = Format.ForList });

        /// <summary>
        /// Reads the query string against the parameters of the operation, once, for <see cref="Parameters.From"/>. Refuses a parameter that is not
        /// declared or not valid with 400, and an Accept that the endpoint cannot serve with 406.
        /// </summary>
        public RouteHandlerBuilder ValidatesParameters() => endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            var operation = OperationOf(http);
            var parameters = Parameters.ReadOnce(http, operation.Query);
            return parameters.Problem ?? AcceptProblem(http, operation) ?? await next(context);
        });

        /// <summary>
        /// Runs the handler of a GET in one read-only snapshot of the store. The snapshot ends before the answer is sent, so that a slow caller
        /// holds no connection.
        /// </summary>
        public RouteHandlerBuilder ReadsSnapshot() => endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            await using var snapshot = await http.RequestServices.GetRequiredService<IStoreReader>().BeginSnapshotAsync(http.RequestAborted);
            return await next(context);
        });

        /// <summary>Keeps the answers of a GET until the store changes: see <see cref="KeptAnswers"/>.</summary>
        /// <param name="isKept">Tells by the request if its answer is kept; null where all are.</param>
        public RouteHandlerBuilder KeepsAnswers(Func<HttpRequest, bool>? isKept = null) =>
            endpoint.CacheOutput(new KeptAnswers(isKept ?? (_ => true)));
    }

    /// <summary>The columns of a list, as the OpenAPI document describes them.</summary>
    public static RowShape Shape<TRow>(this ListSchema<TRow> schema) where TRow : class => new(schema.Name,
        [.. schema.Fields.Select(f => new RowShape.Column(f.Name, f.Type, f.ValueType, f.IsSet, f.IsNullable, f.Description, f.Example)
        {
            IsOptional = f.IsShown is not null,
            Inner = f.Inner,
        }), .. schema.Embeds.Select(
            e => new RowShape.Column(e.Name, WireType.Nested, e.ValueType, false, false, e.Description, null) { IsOptional = true, Inner = e.Inner })]);

    public static Operation OperationOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Operation>()
        ?? throw new InvalidOperationException($"{http.Request.Path} declares no parameters: add .WithOperation() to its route");

    static Problem? AcceptProblem(HttpContext http, Operation operation) =>
        operation.IsStream ? Formats.Choose(http, Format.ForStream, null).Problem
        : operation.Picture is { } picture ? Formats.Choose(http, [new("picture", picture)], null).Problem
        : operation.Answer is not null && operation.Offers.Count == 1 ? Formats.RefusesJson(http)
        : null;
}
