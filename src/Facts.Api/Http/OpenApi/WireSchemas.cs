using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FluentValidation;
using FluentValidation.Validators;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Facts.Api.Http;

/// <summary>
/// Adds facts that Swashbuckle cannot see to the schema of a record: the members that can be null, that an answer has all its members, and the rules of the
/// validator of a wire record.
/// </summary>
internal sealed class WireSchemas : ISchemaFilter
{
    static readonly NullabilityInfoContext Nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema { Properties: { } members } record || context.Type.Namespace?.StartsWith("Facts", StringComparison.Ordinal) != true)
            return;
        record.AdditionalPropertiesAllowed = false;
        var isSent = context.Type.Name.EndsWith("Request", StringComparison.Ordinal);
        var required = new HashSet<string>();
        foreach (var property in context.Type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = EnumWords.Snake(property.Name);
            if (!members.TryGetValue(name, out var member)) continue;
            // Computed properties of a request are not sent.
            if (isSent && !property.CanWrite) members.Remove(name);
            // An answer always has all its members, unless they are declared optional.
            if (!isSent && property.GetCustomAttribute<JsonIgnoreAttribute>() is null) required.Add(name);
            var mayBeNull = MayBeNull(property);
            if (member is OpenApiSchemaReference && mayBeNull) members[name] = new OpenApiSchema { OneOf = [member, Schemas.Null()] };
            if (member is not OpenApiSchema { Type: { } types } own) continue;
            if (!mayBeNull) own.Type = types & ~JsonSchemaType.Null;
            if (IsOf(own, JsonSchemaType.Number)) own.Format = Schemas.Decimal;
        }
        record.Required = required;
        if (isSent) Sent(record, members, context.Type);
    }

    static bool MayBeNull(PropertyInfo property)
    {
        lock (Nullability) return Nullability.Create(property).ReadState == NullabilityState.Nullable;
    }

    static void Sent(OpenApiSchema record, IDictionary<string, IOpenApiSchema> members, Type type)
    {
        foreach (var member in members.Values.OfType<OpenApiSchema>())
        {
            // A text of white space only is refused.
            if (IsOf(member, JsonSchemaType.String)) member.MinLength = 1;
            if (member.Items is OpenApiSchema each && IsOf(each, JsonSchemaType.String)) each.MinLength = 1;
            // Every decimal number is a quantity.
            if (IsOf(member, JsonSchemaType.Number))
                (member.Minimum, member.Maximum, member.MultipleOf) = ($"-{Quantity.Max}", $"{Quantity.Max}", 0.0001m);
        }
        if (ValidatorOf(type) is not { } validator) return;
        foreach (var rule in validator.CreateDescriptor().Rules)
        {
            if (rule.PropertyName is null || !members.TryGetValue(rule.PropertyName, out var member) || member is not OpenApiSchema own) continue;
            var isOfEach = rule.GetType().GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollectionRule<,>));
            foreach (var component in rule.Components)
                AddRule(record, rule.PropertyName, isOfEach ? own.Items as OpenApiSchema : own, component.Validator,
                    component.HasCondition || rule.HasCondition);
        }
    }

    static bool IsOf(OpenApiSchema schema, JsonSchemaType type) => schema.Type is { } types && types.HasFlag(type);

    static void AddRule(OpenApiSchema record, string name, OpenApiSchema? member, IPropertyValidator rule, bool isConditional)
    {
        if (rule is INotNullValidator or INotEmptyValidator && !isConditional)
        {
            record.Required!.Add(name);
            if (member?.Type is { } types) member.Type = types & ~JsonSchemaType.Null;
            if (rule is INotEmptyValidator && member?.Items is not null) member.MinItems = 1;
        }
        if (member is null || isConditional) return;
        if (rule is ILengthValidator { Max: > 0 } length) member.MaxLength = length.Max;
        if (rule is IRegularExpressionValidator { Expression: { } pattern }) member.Pattern = pattern;
        if (rule is IWordRule { Words: var words })
        {
            member.Enum = [.. words.Select(w => (JsonNode)JsonValue.Create(w)!)];
            member.MinLength = null;
            // An enum without null refuses it, whatever the type says.
            if (IsOf(member, JsonSchemaType.Null)) member.Enum.Add(null!);
        }
        if (rule is IFuzzyDateRule) (member.Format, member.Pattern, member.MinLength) = ("edtf", FuzzyDatePattern, null);
    }

    /// <summary>The forms of a date in EDTF. Not every text of such a form is a date: 2024-13 is not.</summary>
    const string Date = "[12][0-9X]{3}(-[0-9X]{2}){0,2}[?~%]?";

    const string FuzzyDatePattern = $@"^({Date}|{Date}/{Date}|\.\./{Date}|{Date}/\.\.)$";

    /// <summary>The validator of a record: <c>XRequestValidator</c> in its namespace, or nested in it.</summary>
    static IValidator? ValidatorOf(Type type)
    {
        var asked = typeof(AbstractValidator<>).MakeGenericType(type);
        var validator = type.Assembly.GetTypes().FirstOrDefault(t => t is { IsAbstract: false } && t.IsAssignableTo(asked));
        return validator is null ? null : (IValidator)Activator.CreateInstance(validator)!;
    }
}
