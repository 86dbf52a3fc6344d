using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Facts.Api.Http;

/// <summary>What a member of a wire record takes.</summary>
internal enum MemberKind { Text, Number, Whole, Flag, Texts, Record, Records }

/// <summary>One member of a wire record: its wire name and the property behind it.</summary>
internal sealed record WireMember(string Name, PropertyInfo Property, MemberKind Kind, Type? Element)
{
    /// <summary>Its JSON pointer in a record that is a whole body.</summary>
    public string Pointer { get; } = "/" + Name;

    /// <summary>Gives a record its value, which is of the property's type. Compiled: a load sets twenty members a row.</summary>
    public Action<object, object> Set { get; } = Setter(Property);

    public string Expected => Kind switch
    {
        MemberKind.Text => "a text",
        MemberKind.Number => "a number",
        MemberKind.Whole => "a whole number",
        MemberKind.Flag => "true or false",
        MemberKind.Texts => "a list of texts",
        MemberKind.Record => "an object",
        MemberKind.Records => "a list of objects",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind)),
    };

    static Action<object, object> Setter(PropertyInfo property)
    {
        var (record, value) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(object)));
        return Expression.Lambda<Action<object, object>>(
            Expression.Assign(Expression.Property(Expression.Convert(record, property.DeclaringType!), property), Expression.Convert(value, property.PropertyType)), record, value).Compile();
    }
}

/// <summary>
/// The members of a wire record, found once per type. A wire record is loose: a class with settable nullable properties of string, decimal,
/// long, int, bool, a list of texts, another wire record or a list of them; its validator does the rest.
/// </summary>
internal static class WireMembers
{
    static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, Dictionary<string, WireMember>> Known = new();

    public static Dictionary<string, WireMember> For(Type type) => Known.GetOrAdd(type, Find);

    static Dictionary<string, WireMember> Find(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => p.CanWrite && p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .Select(Member).ToDictionary(m => m.Name, StringComparer.Ordinal);

    static WireMember Member(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var element = type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0])) ? type.GetGenericArguments()[0] : null;
        var kind = type == typeof(string) ? MemberKind.Text
            : type == typeof(decimal) ? MemberKind.Number
            : type == typeof(long) || type == typeof(int) ? MemberKind.Whole
            : type == typeof(bool) ? MemberKind.Flag
            : element == typeof(string) ? MemberKind.Texts
            : element is not null ? MemberKind.Records
            : MemberKind.Record;
        return new(property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? EnumWords.Snake(property.Name), property, kind, element);
    }
}
