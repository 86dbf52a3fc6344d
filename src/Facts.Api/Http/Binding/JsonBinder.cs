using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Facts.Api.Http;

/// <summary>
/// Reads JSON into wire records, member by member, and collects all errors. Written by hand because System.Text.Json stops at the first error.
/// Used for a body and for a row of an import. A missing member counts as null; the validator says whether a value is required.
/// </summary>
internal static class JsonBinder
{
    // Longer than any list a record holds; the body's limit bounds the rest.
    const int MaxErrors = 100;

    /// <summary>No member's name is longer.</summary>
    const int LongestName = 64;

    /// <param name="element">The object.</param>
    /// <param name="pointer">JSON pointer of the object: empty for a whole body, <c>/3</c> for the fourth of an array.</param>
    public static BindingResult<T> Bind<T>(JsonElement element, string pointer = "") where T : class, new()
    {
        var errors = new List<ProblemError>();
        var given = new HashSet<string>(element.ValueKind == JsonValueKind.Object ? element.GetPropertyCount() : 0, StringComparer.Ordinal);
        var value = (T)Record(typeof(T), element, pointer, errors, given);
        return new(value, errors, given);
    }

    /// <summary>A reference token of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) => name.Replace("~", "~0").Replace("/", "~1");

    static object Record(Type type, JsonElement element, string pointer, List<ProblemError> errors, HashSet<string> given)
    {
        var record = Activator.CreateInstance(type)!;
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.Add(WrongType(element, pointer, "an object"));
            return record;
        }
        var members = WireMembers.For(type);
        foreach (var property in element.EnumerateObject())
        {
            if (errors.Count >= MaxErrors) break;
            if (Member(members, property) is not { } member)
                errors.Add(NameOf(property) is { } name ? Unknown(name, pointer, members.Keys)
                    : ProblemError.InBody(Problems.InvalidText, pointer, "the name of a member holds half a surrogate pair"));
            else if (!given.Add(member.Name))
                errors.Add(ProblemError.InBody(Problems.DuplicateMember, $"{pointer}/{member.Name}", $"'{member.Name}' stands twice"));
            else if (Value(member, property.Value, pointer.Length == 0 ? member.Pointer : $"{pointer}/{member.Name}", errors) is { } value)
                member.Set(record, value);
        }
        return record;
    }

    /// <summary>Finds the member with a name. It allocates no text for the name, because an import has twenty names in every row.</summary>
    static WireMember? Member(Dictionary<string, WireMember> members, JsonProperty property)
    {
        Span<char> name = stackalloc char[LongestName];
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.Length <= LongestName && Ascii.ToUtf16(raw, name, out var length) == OperationStatus.Done
            && members.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..length], out var member)) return member;
        // A name that is written with escapes differs in its bytes, so it is compared as text.
        return NameOf(property) is { } text ? members.GetValueOrDefault(text) : null;
    }

    static object? Value(WireMember member, JsonElement element, string pointer, List<ProblemError> errors)
    {
        if (element.ValueKind == JsonValueKind.Null) return null;
        return (member.Kind, element.ValueKind) switch
        {
            (MemberKind.Text, JsonValueKind.String) => Text(element, pointer, errors),
            (MemberKind.Number, JsonValueKind.Number) => Number(element, pointer, errors),
            (MemberKind.Whole, JsonValueKind.Number) => Whole(member, element, pointer, errors),
            (MemberKind.Flag, JsonValueKind.True or JsonValueKind.False) => element.GetBoolean(),
            (MemberKind.Texts, JsonValueKind.Array) => Texts(element, pointer, errors),
            (MemberKind.Record, JsonValueKind.Object) => Record(member.Property.PropertyType, element, pointer, errors, []),
            (MemberKind.Records, JsonValueKind.Array) => Records(member, element, pointer, errors),
            _ => Refuse(element, pointer, member.Expected, errors),
        };
    }

    static object? Refuse(JsonElement element, string pointer, string expected, List<ProblemError> errors)
    {
        errors.Add(WrongType(element, pointer, expected));
        return null;
    }

    /// <summary>Trimmed; an error where nothing is left, or where it is no text that can be stored.</summary>
    static string? Text(JsonElement element, string pointer, List<ProblemError> errors)
    {
        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            errors.Add(ProblemError.InBody(Problems.InvalidText, pointer, "the text holds half a surrogate pair, which is no character"));
            return null;
        }
        if (WireText.Complaint(text) is { } complaint)
        {
            errors.Add(complaint with { Pointer = pointer });
            return null;
        }
        return text.Trim();
    }

    static object? Number(JsonElement element, string pointer, List<ProblemError> errors)
    {
        if (element.GetRawText() is var raw && WireValue.ExactNumber(raw) is { } number) return number;
        errors.Add(ProblemError.InBody(Problems.InvalidNumber, pointer, "the number is minus zero, too large, or has more digits than can be kept", raw));
        return null;
    }

    static object? Whole(WireMember member, JsonElement element, string pointer, List<ProblemError> errors)
    {
        var number = Number(element, pointer, errors);
        if (number is not decimal value) return null;
        var isInt = (Nullable.GetUnderlyingType(member.Property.PropertyType) ?? member.Property.PropertyType) == typeof(int);
        if (value != decimal.Truncate(value)) return Refuse(element, pointer, member.Expected, errors);
        if (value >= (isInt ? int.MinValue : long.MinValue) && value <= (isInt ? int.MaxValue : long.MaxValue)) return isInt ? (int)value : (long)value;
        errors.Add(ProblemError.InBody(Problems.InvalidNumber, pointer, "the number is too large", element.GetRawText()));
        return null;
    }

    /// <summary>Reads an array of texts. A member that is no text becomes an empty text, so that pointers of later errors have the right index.</summary>
    static List<string> Texts(JsonElement element, string pointer, List<ProblemError> errors)
    {
        var texts = new List<string>(element.GetArrayLength());
        foreach (var (i, item) in element.EnumerateArray().Index())
        {
            if (errors.Count >= MaxErrors) break;
            if (item.ValueKind != JsonValueKind.String) errors.Add(WrongType(item, $"{pointer}/{i}", "a text"));
            texts.Add(item.ValueKind == JsonValueKind.String ? Text(item, $"{pointer}/{i}", errors) ?? "" : "");
        }
        return texts;
    }

    static object Records(WireMember member, JsonElement element, string pointer, List<ProblemError> errors)
    {
        var records = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(member.Element!))!;
        foreach (var (i, item) in element.EnumerateArray().Index())
        {
            if (errors.Count >= MaxErrors) break;
            records.Add(Record(member.Element!, item, $"{pointer}/{i}", errors, []));
        }
        return records;
    }

    static ProblemError WrongType(JsonElement element, string pointer, string expected) =>
        ProblemError.InBody(Problems.WrongType, pointer, $"{expected} is expected, not {Found(element)}", Shown(element));

    static ProblemError Unknown(string name, string pointer, IEnumerable<string> members)
    {
        var nearest = Suggestions.Nearest(name, members);
        var shown = name.Length > 80 ? name[..80] + "…" : name;
        return ProblemError.InBody(
            Problems.UnknownMember, $"{pointer}/{Escape(shown)}", $"'{shown}' is no member here{Suggestions.Hint(nearest)}", suggestion: nearest);
    }

    static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    static string? Shown(JsonElement element) =>
        element.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.String ? element.GetRawText() : null;

    static string Found(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };
}
