namespace Facts.Api.Http;

internal static class OperationExtensions
{
    public static RowShape Shape<TRow>(this ListSchema<TRow> fields) where TRow : class => new(fields.Name,
        [.. fields.Fields.Select(f => new RowShape.Column(f.Name, f.Type, f.ValueType, f.IsSet, f.IsNullable, f.Description, f.Example)
        {
            IsOptional = f.IsShown is not null,
            Inner = f.Inner,
        }), .. fields.Embeds.Select(e => new RowShape.Column(e.Name, WireType.Nested, e.ValueType, false, false, e.Description, null) { IsOptional = true, Inner = e.Inner })]);

    /// <summary>
    /// Puts the endpoint into the OpenAPI document, and holds callers to it: a parameter that is not declared is refused, and an Accept without
    /// JSON where nothing else is answered. What passes and is a GET reads from one snapshot. A list sees to all three by itself.
    /// </summary>
    public static RouteHandlerBuilder Documented(this RouteHandlerBuilder endpoint, Operation operation)
    {
        endpoint.WithName(operation.Id).WithTags(operation.Tag).WithMetadata(operation);
        if (operation.IsList) return endpoint;
        return endpoint.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (Parameters.Read(http, operation.Query).Problem is { } wrong) return wrong;
            if (operation.IsStream && Formats.Choose(http, Format.ForStream, null).Problem is { } noStream) return noStream;
            if (operation.Answer is not null && operation.Offers.Count == 1 && Formats.RefusesJson(http) is { } refused) return refused;
            if (!HttpMethods.IsGet(http.Request.Method)) return await next(context);
            // Over before the answer is sent, so that a slow caller keeps no connection.
            await using var snapshot = await Reads.BeginAsync(http, http.RequestAborted);
            return await next(context);
        });
    }

    /// <summary>As <see cref="Documented(RouteHandlerBuilder, Operation)"/>, with all that the list's fields say.</summary>
    public static RouteHandlerBuilder Documented<TRow>(this RouteHandlerBuilder endpoint, ListSchema<TRow> fields, Operation operation) where TRow : class =>
        endpoint.Documented(operation with { Query = [.. fields.Parameters(), .. operation.Query], Answer = fields.Shape(), IsList = true, Offers = Format.ForList });
}
