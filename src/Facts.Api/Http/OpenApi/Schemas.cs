using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Facts.Api.Http;

/// <summary>Wire types, parameters and rows as JSON schemas.</summary>
internal static class Schemas
{
    /// <summary>The format of a quantity: generators then choose a decimal type, which holds every digit. Without it they choose a double.</summary>
    public const string Decimal = "decimal";

    public static OpenApiSchema For(WireType type, bool isNullable = false)
    {
        var schema = type.Kind switch
        {
            WireKind.Text => new OpenApiSchema { Type = JsonSchemaType.String },
            WireKind.Word => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. type.WordList.Select(w => JsonValue.Create(w)!)] },
            WireKind.Whole => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            WireKind.Number => new OpenApiSchema { Type = JsonSchemaType.Number, Format = Decimal },
            WireKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            WireKind.Day => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date" },
            WireKind.Instant => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            WireKind.Nested => new OpenApiSchema(),
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
        if (isNullable && schema.Type is { } one)
        {
            schema.Type = one | JsonSchemaType.Null;
            // An enum without null refuses it, whatever the type says.
            schema.Enum?.Add(null!);
        }
        return schema;
    }

    public static OpenApiParameter For(ParameterSpec spec, ParameterLocation location, OperationFilterContext context, bool isRequired = false)
    {
        var value = For(spec.Type);
        if (spec.Known.Count > 0) value.Enum = [.. spec.Known.Select(w => (JsonNode)JsonValue.Create(w)!)];
        else if (spec.Type.Kind == WireKind.Text) (value.MinLength, value.MaxLength, value.Pattern) = (1, spec.Length, spec.Pattern);
        SetBounds(value, spec);
        // Parameters such as known_at take a date too.
        if (spec.Type.Kind == WireKind.Instant) value.Format = null;
        if (spec is { Default: { } usual, Many: false }) value.Default = Value(usual, spec.Type);
        return new OpenApiParameter
        {
            Name = spec.Name,
            In = location,
            Description = spec.Description,
            Required = isRequired || location == ParameterLocation.Path,
            Style = spec.Many ? ParameterStyle.Form : null,
            Explode = !spec.Many,
            Schema = !spec.Many ? value : IsPlainText(spec) ? Texts(value, context) : ListOf(value),
            Example = spec.Example is null ? null
                : spec.Many ? new JsonArray([.. spec.Example.Split(',').Select(e => Value(e, spec.Type))])
                : Value(spec.Example, spec.Type),
        };
    }

    static bool IsPlainText(ParameterSpec spec) =>
        spec is { Type.Kind: WireKind.Text, Known.Count: 0, Pattern: null, Length: Parameters.MaxValueLength };

    /// <summary>The schema of several texts, by reference, since so many parameters have it.</summary>
    static IOpenApiSchema Texts(OpenApiSchema text, OperationFilterContext context)
    {
        const string Name = "Texts";
        return context.SchemaRepository.Schemas.ContainsKey(Name) ? new OpenApiSchemaReference(Name, context.Document)
            : context.SchemaRepository.AddDefinition(Name, ListOf(text));
    }

    static OpenApiSchema ListOf(IOpenApiSchema item) => new() { Type = JsonSchemaType.Array, Items = item };

    /// <summary>The schema of the comparisons of a list, by reference: their names and types.</summary>
    public static IOpenApiSchema Comparisons(string name, IEnumerable<ParameterSpec> comparisons, OperationFilterContext context)
    {
        if (context.SchemaRepository.Schemas.ContainsKey(name)) return new OpenApiSchemaReference(name, context.Document);
        return context.SchemaRepository.AddDefinition(name, new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = false,
            Properties = comparisons.ToDictionary(c => c.Name, c => Comparison(c, context)),
        });
    }

    static IOpenApiSchema Comparison(ParameterSpec spec, OperationFilterContext context)
    {
        var description = spec.Description.Length == 0 ? null : spec.Description;
        // A list in an object has no form in a query string, so several values are one text.
        if (spec.Many || spec.Type.Kind == WireKind.Instant) return new OpenApiSchema { Type = JsonSchemaType.String, Description = description };
        if (spec.Type.Kind == WireKind.Day) return new OpenApiSchemaReference(Day(context), context.Document) { Description = description };
        var schema = For(spec.Type);
        SetBounds(schema, spec);
        schema.Description = description;
        return schema;
    }

    /// <summary>Name of the schema of a day in an object. Generated clients write a <c>date</c> in an object with its time, so it is a text.</summary>
    static string Day(OperationFilterContext context)
    {
        const string Name = "Day";
        context.SchemaRepository.Schemas.TryAdd(Name, new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^\d{4}-\d{2}-\d{2}$" });
        return Name;
    }

    /// <summary>A value that nearly every value of the type is greater than.</summary>
    public static JsonNode Least(WireType type) => type.Kind == WireKind.Whole ? JsonValue.Create(1) : JsonValue.Create("0");

    static void SetBounds(OpenApiSchema schema, ParameterSpec spec)
    {
        if (schema.Type != JsonSchemaType.Integer) return;
        if (spec is { Min: int.MinValue, Max: int.MaxValue }) schema.Format = "int32";
        else if (spec is not { Min: long.MinValue, Max: long.MaxValue }) (schema.Minimum, schema.Maximum) = (spec.Min.ToString(), spec.Max.ToString());
    }

    /// <summary>The schema of a body, by reference: the record's, or a schema of its own where the operation asks for less.</summary>
    public static IOpenApiSchema Body(Type record, Operation operation, OperationFilterContext context)
    {
        var reference = context.SchemaGenerator.GenerateSchema(record, context.SchemaRepository);
        if (operation.MayOmit.Count == 0) return reference;
        var schema = (OpenApiSchema)context.SchemaRepository.Schemas[record.Name].CreateShallowCopy();
        schema.Required = schema.Required!.Except(operation.MayOmit).ToHashSet();
        var method = context.ApiDescription.HttpMethod == "PUT" ? "Put" : "Patch";
        return context.SchemaRepository.AddDefinition(record.Name.Replace("Request", method), schema);
    }

    /// <summary>The schema of a row, by reference.</summary>
    public static IOpenApiSchema Row(RowShape shape, OperationFilterContext context)
    {
        if (context.SchemaRepository.Schemas.ContainsKey(shape.Name)) return new OpenApiSchemaReference(shape.Name, context.Document);
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = shape.Columns.Where(c => !c.IsOptional).Select(c => c.Name).ToHashSet(),
            AdditionalPropertiesAllowed = false,
        };
        // The schema gets its name before its members, because a member may refer to it.
        var reference = context.SchemaRepository.AddDefinition(shape.Name, schema);
        schema.Properties = shape.Columns.ToDictionary(c => c.Name, c => Column(c, context));
        return reference;
    }

    /// <summary>The envelope of a list. Rows hold all members unless <c>fields</c> chose some.</summary>
    public static IOpenApiSchema List(RowShape shape, OperationFilterContext context)
    {
        var name = shape.Name + "List";
        if (context.SchemaRepository.Schemas.ContainsKey(name)) return new OpenApiSchemaReference(name, context.Document);
        Dictionary<string, IOpenApiSchema> members = new()
        {
            ["items"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Row(shape, context) },
            ["next_cursor"] = WithDescription(For(WireType.Text, true), "Value of `cursor=` for the next page; null on the last page."),
            ["next"] = WithDescription(For(WireType.Text, true), "Path and query of the next page; null on the last page."),
            ["limit"] = For(WireType.Whole),
            ["count"] = WithDescription(For(WireType.Whole, true), "Number of matching rows on all pages; null unless `count` asks for it."),
            ["count_is_exact"] = For(WireType.Flag, true),
            ["truncated"] = WithDescription(For(WireType.Flag), "True if a facet has more values than are listed."),
            ["as_of"] = For(WireType.Day, true),
            ["known_at"] = For(WireType.Instant, true),
            ["dataset_version"] = WithDescription(For(WireType.Whole), "Version of the store: the number of its changes so far."),
        };
        var required = members.Keys.ToHashSet();
        var facet = context.SchemaGenerator.GenerateSchema(typeof(IReadOnlyList<FacetValue>), context.SchemaRepository);
        members["facets"] = context.SchemaRepository.Schemas.ContainsKey("Facets") ? new OpenApiSchemaReference("Facets", context.Document)
            : context.SchemaRepository.AddDefinition("Facets", new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                AdditionalProperties = facet,
                Description = "Only with `facet`: for each field its values, each with label, count and a link that filters by the value.",
            });
        members["facets_are_exact"] = For(WireType.Flag);
        return context.SchemaRepository.AddDefinition(name, new OpenApiSchema { Type = JsonSchemaType.Object, Properties = members, Required = required });
    }

    static IOpenApiSchema Column(RowShape.Column column, OperationFilterContext context)
    {
        if (column.Type.Kind != WireKind.Nested || column.IsSet)
            return WithDescription(column.IsSet ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = For(column.Type) }
                : For(column.Type, column.IsNullable), column.Description);
        var nested = column.Inner is not { } inner ? context.SchemaGenerator.GenerateSchema(column.ValueType, context.SchemaRepository)
            : column.ValueType.IsAssignableTo(typeof(System.Collections.IEnumerable))
                ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Row(inner.Shape(), context) }
            : Row(inner.Shape(), context);
        if (column.IsNullable) return WithDescription(new OpenApiSchema { OneOf = [nested, Null()] }, column.Description);
        // A description next to a reference: OpenAPI 3.1 allows it, 3.0 ignores it.
        nested.Description = column.Description;
        return nested;
    }

    /// <summary>The schema of a binary file.</summary>
    public static OpenApiSchema Binary() => new() { Type = JsonSchemaType.String, Format = "binary" };

    /// <summary>The schema of a form with one file.</summary>
    public static OpenApiSchema Form(string file) => new()
    {
        Type = JsonSchemaType.Object, Required = new HashSet<string> { file }, Properties = new Dictionary<string, IOpenApiSchema> { [file] = Binary() },
    };

    public static OpenApiSchema Null() => new() { Type = JsonSchemaType.Null };

    static OpenApiSchema WithDescription(OpenApiSchema schema, string description)
    {
        schema.Description = description;
        return schema;
    }

    static JsonNode Value(string text, WireType type) => WireValue.Parse(text, type) switch
    {
        long whole => JsonValue.Create(whole),
        decimal number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        _ => JsonValue.Create(text)!,
    };
}
