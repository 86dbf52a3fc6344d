using System.Linq.Expressions;
using System.Reflection;

namespace Facts.Api.Http;

/// <summary>One member of a wire record: its wire name and the property behind it.</summary>
internal sealed record WireMember(string Name, PropertyInfo Property, MemberKind Kind, Type? Element)
{
    /// <summary>JSON pointer of the member in a record that is a whole body.</summary>
    public string Pointer { get; } = "/" + Name;

    /// <summary>Sets the member of a record to a value of the property's type. Compiled, because an import sets twenty members per row.</summary>
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
            Expression.Assign(
                Expression.Property(Expression.Convert(record, property.DeclaringType!), property), Expression.Convert(value, property.PropertyType)),
            record, value).Compile();
    }
}
