using System.Reflection;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Facts.Api.Http;

/// <summary>
/// What Swashbuckle does not see of a record: what can be null and what cannot, that an answer's members are all there, and what the validator
/// of a wire record asks for.
/// </summary>
internal sealed class WireSchemas(IServiceScopeFactory services) : ISchemaFilter
{
    static readonly NullabilityInfoContext Nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } members } record || context.Type.Namespace?.StartsWith("Facts", StringComparison.Ordinal) != true) return;
        record.AdditionalPropertiesAllowed = false;
        foreach (var property in context.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = Words.Snake(property.Name);
            if (!members.TryGetValue(name, out var member)) continue;
            var mayBeNull = MayBeNull(property);
            if (member is OpenApiSchemaReference && mayBeNull) members[name] = new OpenApiSchema { OneOf = [member, Schemas.Null()] };
            if (member is OpenApiSchema { Type: { } types } own && !mayBeNull) own.Type = types & ~JsonSchemaType.Null;
        }
        using var scope = services.CreateScope();
        if (scope.ServiceProvider.GetService(typeof(IValidator<>).MakeGenericType(context.Type)) is IValidator validator) AddRules(record, members, validator);
        // An answer leaves no member out.
        else if (!context.Type.Name.EndsWith("Request", StringComparison.Ordinal)) record.Required = members.Keys.ToHashSet();
    }

    static bool MayBeNull(PropertyInfo property)
    {
        lock (Nullability) return Nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    static void AddRules(OpenApiSchema record, IDictionary<string, IOpenApiSchema> members, IValidator validator)
    {
        foreach (var rules in validator.CreateDescriptor().GetMembersWithValidators())
        {
            if (!members.TryGetValue(rules.Key, out var member)) continue;
            foreach (var (rule, options) in rules)
            {
                if (rule is INotNullValidator or INotEmptyValidator && !options.HasCondition && !options.HasAsyncCondition) (record.Required ??= new HashSet<string>()).Add(rules.Key);
                if (rule is ILengthValidator { Max: > 0 } length && member is OpenApiSchema text) text.MaxLength = length.Max;
            }
        }
    }
}
