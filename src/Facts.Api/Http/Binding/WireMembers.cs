using System.Reflection;
using System.Text.Json.Serialization;

namespace Facts.Api.Http;

/// <summary>
/// The members of a wire record, found once per type. A wire record is loose: a class with settable nullable properties of string, decimal,
/// long, int, bool, a list of texts, another wire record or a list of them; its validator checks the values.
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
        var element = type.IsGenericType && type.IsAssignableFrom(typeof(List<>).MakeGenericType(type.GetGenericArguments()[0]))
            ? type.GetGenericArguments()[0] : null;
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
