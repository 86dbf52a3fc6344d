namespace Facts.Api.Http;

/// <summary>The type of a value on the wire, with its words if it is one of several words.</summary>
internal sealed record WireType(WireKind Kind)
{
    /// <summary>The possible words; empty for other kinds.</summary>
    public IReadOnlyList<string> WordList { get; private init; } = [];

    /// <summary>The enum of the words; null if they are plain text in C#.</summary>
    public Type? Enum { get; private init; }

    public static WireType Text { get; } = new(WireKind.Text);
    public static WireType Whole { get; } = new(WireKind.Whole);
    public static WireType Number { get; } = new(WireKind.Number);
    public static WireType Flag { get; } = new(WireKind.Flag);
    public static WireType Day { get; } = new(WireKind.Day);
    public static WireType Instant { get; } = new(WireKind.Instant);
    public static WireType Nested { get; } = new(WireKind.Nested);

    public static WireType Word<TEnum>() where TEnum : struct, Enum => ForEnum(typeof(TEnum));

    /// <summary>A word that is plain text in C#.</summary>
    public static WireType OneOf(params IEnumerable<string> words) => new(WireKind.Word) { WordList = [.. words] };

    static WireType ForEnum(Type type) => new(WireKind.Word) { WordList = EnumWords.All(type), Enum = type };

    /// <summary>The wire type of a C# type, nullable or not.</summary>
    public static WireType For(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? Text
            : type.IsEnum ? ForEnum(type)
            : type == typeof(long) || type == typeof(int) ? Whole
            : type == typeof(decimal) ? Number
            : type == typeof(bool) ? Flag
            : type == typeof(DateOnly) ? Day
            : type == typeof(DateTimeOffset) ? Instant
            : Nested;
    }

    public string Expected => Kind switch
    {
        WireKind.Text => "a text",
        WireKind.Word => "one of " + string.Join(", ", WordList),
        WireKind.Whole => "a whole number",
        WireKind.Number => "a number such as 12.5",
        WireKind.Flag => "true or false",
        WireKind.Day => "a date such as 2024-05-31, from 0001-01-01 to 9999-12-31",
        WireKind.Instant => "an instant such as 2024-05-31T12:00:00Z, or a date for the end of that day",
        WireKind.Nested => "an object",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind)),
    };
}
